import { givenSynthesized } from './given-stack.ts';
import type { Compliance } from './templates/synthesized.ts';
import type { VariationName } from './templates/variations.ts';

function complianceOf(variation: VariationName): Compliance {
  const { compliance } = givenSynthesized(variation);
  if (compliance === null) throw new Error(`cdk-nag is not asked about ${variation}`);
  return compliance;
}

test('no finding of AwsSolutions or NIST 800-53 R5 is left', () => {
  expect(complianceOf('example').left).toEqual([]);
});

test('nor is one left where audits are scheduled', () => {
  expect(complianceOf('scheduledAudit').left).toEqual([]);
});

describe('every suppression', () => {
  const { accepted, findings } = complianceOf('example');

  test.each(accepted.map((one) => [one.id, one.of, one] as const))(
    '%s of each %s is still needed',
    (id, _kind, { paths }) => {
      expect(paths).not.toEqual([]);
      for (const path of paths) {
        const below = findings.filter(
          (finding) => finding.rule === id && finding.path.startsWith(`${path}/`),
        );
        expect({ path, needed: below.length > 0 }).toMatchObject({ needed: true });
      }
    },
  );

  test.each(accepted.map(({ id, reason }) => [id, reason]))('%s has a reason in sentences', (_id, reason) => {
    expect(reason).toMatch(/^[A-Z].{40,}\.$/);
  });
});
