import { App, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { settings } from '../../contract/settings.ts';
import example from '../../examples/settings.json' with { type: 'json' };
import { Rootdesk } from '../../lib/rootdesk.ts';
import { acknowledgeSuppressions, constructsOf, suppressions } from '../../lib/suppressions.ts';

// A rule reads a deprecated property of each bus policy; jsii would print a warning about it every time.
Object.assign(process.env, { JSII_DEPRECATED: 'quiet' });

function givenRootdesk(overrides: Record<string, unknown> = {}): Rootdesk {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  return new Rootdesk(new Stack(app, 'Stack'), 'Rootdesk', {
    settings: settings.parse({ ...example, ...overrides }),
  });
}

/** Every finding of both packs as `rule at path`. */
function findingsOn(construct: IConstruct): { rule: string; path: string }[] {
  return [new AwsSolutionsChecks(construct), new NIST80053R5Checks(construct)]
    .flatMap((pack) => pack.validateScope(construct).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })),
    );
}

test('no finding of AwsSolutions or NIST 800-53 R5 is left', () => {
  const rootdesk = givenRootdesk();
  acknowledgeSuppressions(rootdesk);
  expect(findingsOn(rootdesk)).toEqual([]);
});

test('nor is one left where audits are scheduled', () => {
  const rootdesk = givenRootdesk({ organizationRuns: { scheduledAudit: { enabled: true } } });
  acknowledgeSuppressions(rootdesk);
  expect(findingsOn(rootdesk)).toEqual([]);
});

describe('every suppression', () => {
  const rootdesk = givenRootdesk();
  const findings = findingsOn(rootdesk);

  test.each(suppressions.map((suppression) => [suppression.id, suppression.of.name, suppression] as const))(
    '%s of each %s is still needed',
    (id, _kind, suppression) => {
      const constructs = constructsOf(rootdesk, suppression);
      expect(constructs).not.toEqual([]);
      for (const construct of constructs) {
        const below = findings.filter(
          ({ rule, path }) => rule === id && path.startsWith(`${construct.node.path}/`),
        );
        expect({ construct: construct.node.path, needed: below.length > 0 }).toMatchObject({ needed: true });
      }
    },
  );

  test.each(suppressions.map(({ id, reason }) => [id, reason]))(
    '%s has a reason in sentences',
    (_id, reason) => {
      expect(reason).toMatch(/^[A-Z].{40,}\.$/);
    },
  );
});
