/**
 * Synthesizes the stack under every variation of the settings in this process, without bundling, and writes all of it to
 * a file: `node test/lib/templates/write-templates.ts <file>`. The tests read that file and load nothing of CDK.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { App, CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { settings } from '../../../contract/settings.ts';
import example from '../../../examples/settings.json' with { type: 'json' };
import { RootdeskStack } from '../../../lib/rootdesk-stack.ts';
import { acknowledgeSuppressions, constructsOf, suppressions } from '../../../lib/suppressions.ts';
import type { AcceptedFinding, Compliance, Finding, Outcome, SynthesizedStack } from './synthesized.ts';
import { variations } from './variations.ts';

// A rule of cdk-nag reads a deprecated property of each bus policy; jsii would print a warning about it every time.
Object.assign(process.env, { JSII_DEPRECATED: 'quiet' });

const [, , target] = process.argv;
if (target === undefined) throw new Error('name the file to write');
/** Beside that file, and only for a moment: a stack's template is read from its assembly. */
const outdir = `${target}.cdk.out`;

/** Variations that cdk-nag is asked about: all that the settings can add to the stack. */
const comparedWithRules: readonly string[] = ['example', 'scheduledAudit'];

/** `Rootdesk/UnlockS3Bucket/Function/Role/Resource` is called `UnlockS3Bucket-Function-Role`. */
function namesOf(stack: Stack): Record<string, string> {
  const resources = stack.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));
  return Object.fromEntries(
    resources.map((resource) => [
      String(stack.resolve(resource.logicalId)),
      resource.node.path
        .replace(/^Rootdesk\/Rootdesk\//, '')
        .replace(/\/Resource$/, '')
        .replaceAll('/', '-'),
    ]),
  );
}

function findingsOn(stack: Stack): Finding[] {
  return [new AwsSolutionsChecks(stack), new NIST80053R5Checks(stack)]
    .flatMap((pack) => pack.validateScope(stack).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath ?? '' })),
    );
}

function acceptedOn(stack: Stack): AcceptedFinding[] {
  return suppressions.map((suppression) => ({
    id: suppression.id,
    of: suppression.of.name,
    reason: suppression.reason,
    paths: constructsOf(stack, suppression).map(({ node }) => node.path),
  }));
}

function complianceOf(stack: Stack): Compliance {
  const findings = findingsOn(stack);
  const accepted = acceptedOn(stack);
  acknowledgeSuppressions(stack);
  return { findings, accepted, left: findingsOn(stack) };
}

function cycleIn(template: object): string | null {
  try {
    Template.fromJSON(template);
    return null;
  } catch (error) {
    return String(error);
  }
}

function synthesize(overrides: Readonly<Record<string, unknown>>, isCompared: boolean): SynthesizedStack {
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  const { $schema: _, ...decided } = example;
  const stack = new RootdeskStack(app, 'Rootdesk', {
    settings: settings.parse({ ...decided, ...overrides }),
  });
  const compliance = isCompared ? complianceOf(stack) : null;
  const template = app.synth().getStackArtifact(stack.artifactId).template;
  return { template, names: namesOf(stack), cycle: cycleIn(template), compliance };
}

function outcomeOf(name: string, overrides: Readonly<Record<string, unknown>>): Outcome {
  try {
    return { stack: synthesize(overrides, comparedWithRules.includes(name)) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fault: { name: error.name, message: error.message } };
  }
}

const outcomes = Object.entries(variations).map(([name, overrides]) => [name, outcomeOf(name, overrides)]);
rmSync(outdir, { recursive: true, force: true });
writeFileSync(target, JSON.stringify(Object.fromEntries(outcomes)));
