import fc from 'fast-check';
import type { Caller, Context } from '../../../policy/evaluate/request.ts';
import { statementMatches } from '../../../policy/evaluate/statement.ts';
import type { Policy, Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';
import { repairPolicy } from '../../../policy/repair.ts';
import { bucketActions, objectActions, queueActions } from '../../../policy/service/actions.ts';
import { administrativeActions } from '../../../policy/service/administration.ts';
import { isFullRun } from '../../support/full.ts';
import { anyContext } from '../oracle/generate/contexts.ts';
import { policies } from '../oracle/generate/policies.ts';
import { everybody, now, owner, resources } from '../oracle/world.ts';

interface Call {
  readonly action: string;
  readonly resource: string;
}

/** Everything that can be done today, and something that AWS adds one day. */
const calls: Readonly<Record<Service, readonly Call[]>> = {
  s3: [
    ...[...bucketActions, 's3:ZzAddedLater'].map((action) => ({ action, resource: resources.s3 })),
    ...[...objectActions, 's3:ZzAddedLater'].map((action) => ({ action, resource: `${resources.s3}/a/b` })),
  ],
  sqs: [...queueActions, 'sqs:ZzAddedLater'].map((action) => ({ action, resource: resources.sqs })),
};

/**
 * Whether the policy lets somebody in who has all permissions that their own account can give: those of the owner's
 * account unless a Deny hits them, all others only where an Allow covers them, too.
 */
function letsIn(policy: Policy, caller: Caller, call: Call, context: Context): boolean {
  const matches = (effect: 'Allow' | 'Deny') =>
    policy.statements.some(
      (statement) =>
        statement.effect === effect &&
        statementMatches(statement, { caller, ...call, context }, policy.version),
    );
  return !matches('Deny') && (caller.accountId === owner || matches('Allow'));
}

function policyOf(text: string, service: Service): Policy {
  const read = readPolicy(text, service);
  if (read.kind === 'malformed') throw new Error(JSON.stringify(read.faults));
  return read.policy;
}

const runs = isFullRun ? 250 : 60;

test.each(['s3', 'sqs'] as const)(
  'a repair of %s lets the account into administration, and changes nothing else for anybody',
  (service) => {
    const counts = { repaired: 0, guarded: 0, opened: 0 };
    const caller = fc
      .constantFrom(...everybody)
      .chain((somebody) => anyContext(service, somebody).map((context) => ({ ...somebody, context })));
    const property = fc.property(
      policies(service),
      fc.array(caller, { minLength: 8, maxLength: 8 }),
      (document, callers) => {
        const before = policyOf(JSON.stringify(document), service);
        const repaired = repairPolicy(before, { accountId: owner, resourceArn: resources[service], now });
        if (repaired.kind !== 'repair') return;
        counts.repaired += 1;
        if (repaired.text.includes('KeepsOutsidersOut')) counts.guarded += 1;
        const after = policyOf(repaired.text, service);
        for (const { caller, context } of callers) {
          for (const call of calls[service]) {
            const [was, is] = [before, after].map((policy) => letsIn(policy, caller, call, context));
            if (was === is) continue;
            counts.opened += 1;
            const who = { accountId: caller.accountId, resource: call.resource, is };
            expect(who).toEqual({ accountId: owner, resource: resources[service], is: true });
            expect(administrativeActions[service]).toContain(call.action);
          }
        }
      },
    );
    fc.assert(property, { numRuns: runs, seed: 20_260_101 });

    expect(counts.repaired).toBeGreaterThan(runs / 7);
    expect(counts.guarded).toBeGreaterThan(runs / 90);
    expect(counts.opened).toBeGreaterThan(runs / 7);
  },
);
