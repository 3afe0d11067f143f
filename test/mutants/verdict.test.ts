import { verdictOf, verdictOfAll } from './verdict.ts';

/** Reports as Jest writes them, cut down to what a verdict looks at; messages and details were captured from it. */
const passed = { fullName: 'the lock is taken', status: 'passed', failureMessages: [], failureDetails: [] };
const failed = (failureMessage: string, detail: object = {}) => ({
  fullName: 'the lock is taken',
  status: 'failed',
  failureMessages: [failureMessage],
  failureDetails: [detail],
});
const report = (...assertionResults: object[]) => ({
  testResults: [{ name: 'lock.test.ts', status: 'passed', message: '', assertionResults }],
});

const byMatcher = failed('Error: expect(received).toBe(expected)\n\nExpected: 2\nReceived: 1', {
  matcherResult: { actual: 1, expected: 2, name: 'toBe', pass: false },
});
const byException = failed('TypeError: boom\n    at Object.<anonymous> (lock.test.ts:7:25)');

describe('verdictOf', () => {
  it.each([
    ['a matcher', byMatcher],
    [
      'a matcher of rejects',
      failed('Error: expect(received).rejects.toThrow()\n\nReceived promise resolved'),
    ],
    ['a matcher, in colours', failed('\u001b[2mError: expect(\u001b[22mreceived).resolves.toBe()')],
    ['expect.assertions', failed('Error: expect.assertions(1)\n\nExpected one assertion to be called')],
    ['node:assert', failed('assert.strictEqual(received, expected)\n\nExpected value')],
    ['node:assert, by its code', failed('Error: 1 !== 2', { code: 'ERR_ASSERTION' })],
    [
      'an expect within a property of fast-check',
      failed(
        'Error: Property failed after 1 tests\nCounterexample: [5]\n\n[cause]: Error: expect(received).toBe(5)',
      ),
    ],
  ])('is killed when a test fails in an assertion: %s', (_, test) => {
    expect(verdictOf(report(test))).toEqual({ kind: 'killed', by: 'the lock is taken' });
  });

  it('is killed when one test fails in an assertion and another one otherwise', () => {
    expect(verdictOf(report(byException, byMatcher))).toMatchObject({ kind: 'killed' });
  });

  it('is survived when every test passes', () => {
    expect(verdictOf(report(passed, { ...passed, status: 'pending' }))).toEqual({ kind: 'survived' });
  });

  it.each([
    ['an exception', byException, 'TypeError: boom'],
    ['a timeout', failed('Error: thrown: "Exceeded timeout of 100 ms for a test.'), 'Exceeded timeout'],
    [
      'a matcher that cannot be asked',
      failed('TypeError: expect(received).toHaveLength(expected)\n\nMatcher error: no length'),
      'TypeError: expect(received).toHaveLength(expected)',
    ],
    [
      'a property of fast-check that threw',
      failed('Error: Property failed after 1 tests\n\n[cause]: TypeError: boom'),
      'Property failed',
    ],
    ['a failure without a message', { ...byException, failureMessages: [null] }, 'failed in no assertion'],
  ])('is invalid when a test fails otherwise: %s', (_, test, why) => {
    expect(verdictOf(report(test, passed))).toEqual({ kind: 'invalid', why: expect.stringContaining(why) });
  });

  it('is invalid when a test file does not load', () => {
    const broken = {
      testResults: [
        {
          name: 'lock.test.ts',
          status: 'failed',
          message: 'SyntaxError: Unexpected token',
          assertionResults: [],
        },
      ],
    };
    expect(verdictOf(broken)).toEqual({
      kind: 'invalid',
      why: 'lock.test.ts failed to run: SyntaxError: Unexpected token',
    });
  });

  it.each([
    ['no test ran', report({ ...passed, status: 'pending' }), 'no test ran'],
    ['no test was found', { testResults: [] }, 'no test ran'],
    ['Jest wrote no report', null, 'Jest ended without a report'],
    ['the report is another', { tests: [] }, 'Jest wrote another report than expected'],
  ])('is invalid when %s', (_, given, why) => {
    expect(verdictOf(given)).toEqual({ kind: 'invalid', why: expect.stringContaining(why) });
  });
});

describe('verdictOfAll', () => {
  const killed = { kind: 'killed', by: 'the lock is taken' } as const;
  const invalid = { kind: 'invalid', why: 'no test ran' } as const;
  const survived = { kind: 'survived' } as const;

  it('is killed when one run kills', () => {
    expect(verdictOfAll([survived, invalid, killed])).toBe(killed);
  });

  it('is invalid when no run kills and one is invalid', () => {
    expect(verdictOfAll([survived, invalid])).toBe(invalid);
  });

  it('is survived when every run passes', () => {
    expect(verdictOfAll([survived, survived])).toEqual(survived);
  });
});
