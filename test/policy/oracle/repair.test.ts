import fc from 'fast-check';
import type { Request } from '../../../policy/evaluate/request.ts';
import type { Service } from '../../../policy/language.ts';
import { repairPolicy } from '../../../policy/repair.ts';
import { administrativeActions } from '../../../policy/service/administration.ts';
import { decide } from './decide.ts';
import { anyContext, ordinaryContext } from './generate/contexts.ts';
import { policies } from './generate/policies.ts';
import { read } from './read.ts';
import { runs, seed } from './runs.ts';
import { everybody, now, owner, resources, unnamed } from './world.ts';

const otherActions: Readonly<Record<Service, readonly (readonly [action: string, below: string])[]>> = {
  s3: [
    ['s3:GetObject', '/key'],
    ['s3:PutObject', '/a/b'],
    ['s3:DeleteObject', '/key'],
    ['s3:ListBucket', ''],
    ['s3:PutBucketAcl', ''],
    ['s3:GetBucketPolicyStatus', ''],
    ['s3:DeleteBucket', ''],
    ['s3:PutLifecycleConfiguration', ''],
  ],
  sqs: [
    ['sqs:SendMessage', ''],
    ['sqs:ReceiveMessage', ''],
    ['sqs:PurgeQueue', ''],
    ['sqs:DeleteQueue', ''],
    ['sqs:GetQueueUrl', ''],
  ],
};

describe.each<Service>(['s3', 'sqs'])('the repair of a policy of %s', (service) => {
  const owned = { accountId: owner, resourceArn: resources[service], now };
  const administrative = administrativeActions[service];
  const actions = [...administrative.map((action) => [action, ''] as const), ...otherActions[service]];
  const requests = fc
    .tuple(fc.constantFrom(...everybody), fc.constantFrom(...actions))
    .chain(([somebody, [action, below]]) =>
      anyContext(service, somebody).map(
        (context): Request => ({
          caller: somebody.caller,
          action,
          resource: `${resources[service]}${below}`,
          context,
        }),
      ),
    );
  const ordinary = fc.tuple(
    ...unnamed.map((somebody) =>
      ordinaryContext(service, somebody).map((context) => ({ ...somebody, context })),
    ),
  );

  it('gives the account its administration, and nobody anything else', async () => {
    const kinds: Record<string, number> = {};
    let given = 0;
    await fc.assert(
      fc.asyncProperty(
        policies(service),
        fc.array(requests, { minLength: 30, maxLength: 30 }),
        ordinary,
        async (before, all, ordinary) => {
          const repaired = repairPolicy(read(before, service), owned);
          kinds[repaired.kind] = (kinds[repaired.kind] ?? 0) + 1;
          if (repaired.kind === 'none-safe') return;
          const after: unknown = repaired.kind === 'repair' ? JSON.parse(repaired.text) : before;
          for (const action of administrative) {
            for (const { caller, context } of ordinary) {
              const request = { caller, action, resource: resources[service], context };
              expect([caller.arn, action, await decide(after, request)]).toEqual([
                caller.arn,
                action,
                'Allowed',
              ]);
            }
          }
          if (repaired.kind === 'not-needed') return;
          read(after, service);
          for (const request of all) {
            const was = await decide(before, request);
            const is = await decide(after, request);
            if ((was === 'Allowed') === (is === 'Allowed')) continue;
            const { caller, action, context } = request;
            const isMeant =
              is === 'Allowed' && caller.accountId === owner && administrative.some((one) => one === action);
            if (!isMeant)
              throw new Error(`${was} became ${is}: ${JSON.stringify([caller.arn, action, ...context])}`);
            given += 1;
          }
        },
      ),
      { numRuns: runs, seed: seed + 2 },
    );
    expect([kinds, given > runs / 10, (kinds.repair ?? 0) > runs / 20]).toEqual([kinds, true, true]);
  });
});
