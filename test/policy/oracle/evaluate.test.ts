import fc from 'fast-check';
import type { Request } from '../../../policy/evaluate/request.ts';
import { statementMatches } from '../../../policy/evaluate/statement.ts';
import type { Policy, Service } from '../../../policy/language.ts';
import { administrativeActions } from '../../../policy/service/administration.ts';
import { decide } from './decide.ts';
import { anyContext } from './generate/contexts.ts';
import { policies } from './generate/policies.ts';
import { read } from './read.ts';
import { runs, seed } from './runs.ts';
import { everybody, resources } from './world.ts';

const isDenied = ({ statements, version }: Policy, request: Request): boolean =>
  statements.some((one) => one.effect === 'Deny' && statementMatches(one, request, version));

describe.each<Service>(['s3', 'sqs'])('a policy of %s', (service) => {
  const requests = fc
    .tuple(fc.constantFrom(...everybody), fc.constantFrom(...administrativeActions[service]))
    .chain(([somebody, action]) =>
      anyContext(service, somebody).map(
        (context): Request => ({ caller: somebody.caller, action, resource: resources[service], context }),
      ),
    );

  it('denies to whom the oracle says it does', async () => {
    const answers = { denied: 0, not: 0 };
    await fc.assert(
      fc.asyncProperty(
        policies(service),
        fc.array(requests, { minLength: 8, maxLength: 8 }),
        async (document, all) => {
          const policy = read(document, service);
          for (const request of all) {
            const expected = (await decide(document, request)) === 'ExplicitlyDenied';
            answers[expected ? 'denied' : 'not'] += 1;
            if (isDenied(policy, request) !== expected) {
              const { caller, action, context } = request;
              throw new Error(`denied: ${expected}, for ${JSON.stringify([caller.arn, action, ...context])}`);
            }
          }
        },
      ),
      { numRuns: runs, seed },
    );
    // Both answers have to come often, or the generators have gone astray.
    expect(Math.min(answers.denied, answers.not)).toBeGreaterThan(runs);
  });
});
