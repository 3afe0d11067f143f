import fc from 'fast-check';
import { diagnose } from '../../../policy/diagnose.ts';
import type { Context } from '../../../policy/evaluate/request.ts';
import type { Service } from '../../../policy/language.ts';
import { correctingActions } from '../../../policy/service/administration.ts';
import { decide } from './decide.ts';
import { ordinaryContext, possibleContext } from './generate/contexts.ts';
import { policies } from './generate/policies.ts';
import { read } from './read.ts';
import { runs, seed } from './runs.ts';
import { now, ofAccount, owner, resources, type Somebody, somebodyCalled, unnamed } from './world.ts';

type Call = readonly [Somebody, Context];

describe.each<Service>(['s3', 'sqs'])('the reading of a policy of %s', (service) => {
  const owned = { accountId: owner, resourceArn: resources[service], now };
  const calls = (kind: typeof possibleContext, of: readonly Somebody[]): fc.Arbitrary<Call[]> =>
    fc.tuple(...of.map((somebody) => kind(service, somebody).map((context): Call => [somebody, context])));
  const possible = fc.array(
    fc.constantFrom(...ofAccount, ...unnamed).chain((somebody) => calls(possibleContext, [somebody])),
    { minLength: 8, maxLength: 8 },
  );
  const ordinary = calls(ordinaryContext, ofAccount);

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
      fc.asyncProperty(policies(service), possible, ordinary, async (document, possible, ordinary) => {
        const { actions } = diagnose({ kind: 'policy', policy: read(document, service) }, owned);
        for (const [action, { verdict, spared }] of Object.entries(actions)) {
          verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
          switch (verdict) {
            case 'no-lockout':
              await theyAre(false, document, action, possible.flat());
              break;
            case 'locks-everyone':
              await theyAre(true, document, action, [...possible.flat(), ...ordinary]);
              break;
            case 'locks-some': {
              const named = spared.flatMap((name) => somebodyCalled(name) ?? []);
              const [inOrdinary] = fc.sample(calls(ordinaryContext, named), { numRuns: 1, seed });
              await theyAre(false, document, action, inOrdinary ?? []);
              break;
            }
            case 'depends':
              // Whoever gets in without bringing anything along is to be named as spared.
              if (!/OrgID|OrgPaths|RequestedRegion/i.test(JSON.stringify(document))) {
                await theyAre(true, document, action, ordinary);
              }
              break;
            default:
              verdict satisfies never;
          }
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
        calls(ordinaryContext, unnamed),
        async (document, possible, ordinary) => {
          const { needsRoot } = diagnose({ kind: 'policy', policy: read(document, service) }, owned);
          answers[needsRoot] = (answers[needsRoot] ?? 0) + 1;
          const correcting = correctingActions[service];
          if (needsRoot === 'yes') {
            for (const action of correcting) await theyAre(true, document, action, possible.flat());
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
