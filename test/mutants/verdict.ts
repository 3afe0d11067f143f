import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';

/** What became of a mutant. `invalid` proves nothing: no assertion failed, and the tests did not pass either. */
export type Verdict =
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'survived' }
  | { readonly kind: 'invalid'; readonly why: string };

/** The part of Jest's JSON report that a verdict rests on. Source: Jest CLI options, `--json`. */
const jestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string().nullable()).nullish(),
          failureDetails: z.array(z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});

/**
 * Judges one run of Jest by its report; null stands for a run that wrote none. Only a failed assertion kills: a test
 * file that does not load, an exception, a timeout or a run without tests is invalid.
 */
export function verdictOf(report: unknown): Verdict {
  if (report === null) return { kind: 'invalid', why: 'Jest ended without a report' };
  const read = jestReport.safeParse(report);
  if (!read.success)
    return { kind: 'invalid', why: `Jest wrote another report than expected: ${read.error.message}` };
  const { testResults } = read.data;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  const killer = failed.find(({ failureDetails, failureMessages }) =>
    (failureMessages ?? []).some((message, index) => isAssertion(failureDetails?.[index], message ?? '')),
  );
  if (killer !== undefined) return { kind: 'killed', by: killer.fullName };
  const [first] = failed;
  if (first !== undefined)
    return {
      kind: 'invalid',
      why: `"${first.fullName}" failed in no assertion: ${firstLine(first.failureMessages?.[0])}`,
    };
  const broken = testResults.find(({ status }) => status === 'failed');
  if (broken !== undefined)
    return { kind: 'invalid', why: `${broken.name} failed to run: ${firstLine(broken.message)}` };
  if (!tests.some(({ status }) => status === 'passed')) return { kind: 'invalid', why: 'no test ran' };
  return { kind: 'survived' };
}

/** The verdict on several runs for one mutant: one that kills it is enough. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const decisive = (kind: Verdict['kind']) => verdicts.find((verdict) => verdict.kind === kind);
  return decisive('killed') ?? decisive('invalid') ?? { kind: 'survived' };
}

/** `expect(…)` and `expect.assertions(…)`, as the message of a failure begins. */
const byExpect = /^(?:Error: )?expect[.(]/;
/** A failed check of node:assert, as Jest rewords it. */
const byNodeAssert = /^(?:AssertionError|assert)\b/;
/** fast-check reports a failed property as an error of its own; the error of the property is its cause. */
const byProperty = /^Error: Property failed after [\s\S]*\n\[cause\]: Error: expect[.(]/;

/**
 * Whether a failure is one of an assertion. A failed matcher of Jest carries its result; what `rejects`, `resolves` and
 * `expect.assertions` throw, and the cause of a failed property, can only be told by their message.
 */
function isAssertion(detail: unknown, message: string): boolean {
  const fields = typeof detail === 'object' && detail !== null ? detail : {};
  if ('matcherResult' in fields || Reflect.get(fields, 'code') === 'ERR_ASSERTION') return true;
  const plain = stripVTControlCharacters(message);
  return byExpect.test(plain) || byNodeAssert.test(plain) || byProperty.test(plain);
}

function firstLine(message: string | null | undefined): string {
  return (
    stripVTControlCharacters(message ?? '')
      .trim()
      .split('\n')[0] ?? ''
  );
}
