import fc from 'fast-check';
import { diagnose } from '../../../policy/diagnose.ts';
import type { Context } from '../../../policy/evaluate/request.ts';
import type { Service } from '../../../policy/language.ts';
import { administrativeActions, correctingActions } from '../../../policy/service/administration.ts';
import { decide } from './decide.ts';
import { ordinaryContext, possibleContext } from './generate/contexts.ts';
import { type Document, policies } from './generate/policies.ts';
import { read } from './read.ts';
import { runs, seed } from './runs.ts';
import { now, ofAccount, owner, resources, type Somebody, somebodyCalled, unnamed } from './world.ts';

type Call = readonly [Somebody, Context];

/** Whether a value goes with the caller. What the reading says of whom such a Deny hits is not compared. */
const hasVariables = (document: Document) =>
  /\$\{aws:(username|principaltag)/i.test(JSON.stringify(document));

describe.each<Service>(['s3', 'sqs'])('the reading of a policy of %s', (service) => {
  const owned = { accountId: owner, resourceArn: resources[service], now };
  const ordinaryOf = (of: readonly Somebody[]): fc.Arbitrary<Call[]> =>
    fc.tuple(
      ...of.map((somebody) => ordinaryContext(service, somebody).map((context): Call => [somebody, context])),
    );
  const someCall = fc
    .constantFrom(...ofAccount, ...unnamed)
    .chain((somebody) => possibleContext(service, somebody).map((context): Call => [somebody, context]));
  const possible = fc.array(someCall, { minLength: 8, maxLength: 8 });
  const action = fc.constantFrom(...administrativeActions[service]);
  const ordinary = ordinaryOf(ofAccount);

  const refused = async (document: unknown, action: string, [{ caller }, context]: Call) =>
    (await decide(document, { caller, action, resource: resources[service], context })) ===
    'ExplicitlyDenied';

  async function theyAre(denied: boolean, document: unknown, action: string, all: readonly Call[]) {
    for (const call of all) {
      if ((await refused(document, action, call)) === denied) continue;
      const [{ caller }, context] = call;
      throw new Error(
        `${action} is ${denied ? 'not ' : ''}denied to ${JSON.stringify([caller.arn, ...context])}`,
      );
    }
  }

  it('is what the oracle says of callers', async () => {
    const verdicts: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(policies(service), action, possible, ordinary, async (document, action, ...calls) => {
        const reading = diagnose({ kind: 'policy', policy: read(document, service) }, owned).actions[action];
        if (reading === undefined) throw new Error(`${action} is read`);
        const { spared, verdict } = reading;
        const [possible, ordinary] = calls;
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        switch (verdict) {
          case 'no-lockout': {
            await theyAre(false, document, action, possible);
            break;
          }
          case 'locks-everyone':
            await theyAre(true, document, action, [...possible, ...ordinary]);
            break;
          case 'locks-some': {
            const named = spared.flatMap((name) => somebodyCalled(name) ?? []);
            const [inOrdinary] = fc.sample(ordinaryOf(named), { numRuns: 1, seed });
            await theyAre(false, document, action, inOrdinary ?? []);
            break;
          }
          case 'depends':
            // Whoever gets in without bringing anything along is to be named as spared.
            if (
              !hasVariables(document) &&
              !/OrgID|OrgPaths|RequestedRegion|CanonicalUser/i.test(JSON.stringify(document))
            ) {
              await theyAre(true, document, action, ordinary);
            }
            break;
          default:
            verdict satisfies never;
        }
      }),
      { numRuns: runs, seed },
    );
    for (const verdict of ['no-lockout', 'locks-everyone', 'locks-some', 'depends'])
      expect([verdict, (verdicts[verdict] ?? 0) > runs / 50]).toEqual([verdict, true]);
  });

  it('calls for root where nobody can correct it, and not where those can whom nobody names', async () => {
    const answers: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        policies(service),
        possible,
        ordinaryOf(unnamed),
        async (document, possible, ordinary) => {
          const { needsRoot } = diagnose({ kind: 'policy', policy: read(document, service) }, owned);
          answers[needsRoot] = (answers[needsRoot] ?? 0) + 1;
          const correcting = correctingActions[service];
          if (needsRoot === 'yes') {
            for (const action of correcting) await theyAre(true, document, action, possible);
          }
          if (needsRoot === 'no') {
            for (const call of ordinary) {
              const denials = await Promise.all(correcting.map((action) => refused(document, action, call)));
              expect(denials).toContain(false);
            }
          }
        },
      ),
      { numRuns: runs, seed: seed + 1 },
    );
    for (const answer of ['yes', 'no'])
      expect([answer, (answers[answer] ?? 0) > runs / 20]).toEqual([answer, true]);
  });
});

/** What the properties above found once. */
it.each<[what: string, verdict: string, deny: Readonly<Record<string, unknown>>]>([
  [
    'an account as a wildcard, before a name with another',
    'locks-some',
    { Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/?dmin' } } },
  ],
  [
    'a user by a name that is compared as binary',
    'locks-some',
    { Condition: { BinaryEquals: { 'aws:username': 'carol' } } },
  ],
])('reads rightly %s', (_, verdict, deny) => {
  const Statement = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resources.s3, ...deny }];
  const policy = read({ Version: '2012-10-17', Statement }, 's3');
  const owned = { accountId: owner, resourceArn: resources.s3, now };
  expect(diagnose({ kind: 'policy', policy }, owned).actions['s3:PutBucketPolicy']?.verdict).toBe(verdict);
});
