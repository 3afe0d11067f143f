import { type ActionReading, type Diagnosis, type NeedsRoot, type Owned, verdicts } from './diagnosis.ts';
import { reaches } from './evaluate/statement.ts';
import type { Policy, Read } from './language.ts';
import { type Read as ActionRead, readAction } from './read-action.ts';
import { Meter } from './search/meter.ts';
import { resourceOf } from './search/resource.ts';
import { administrativeActions, correctingActions } from './service/administration.ts';
import { listed } from './words/lists.ts';

/**
 * What a resource policy does to its own administration: for each administrative action, who in the owner's account is
 * shut out, by which statements and why, and whether it takes root to correct it. Only Denys matter: in the owner's
 * account a principal's own permissions suffice, and nobody's permissions are known here (IAM User Guide, "Policy
 * evaluation logic"). The root user is not counted among the principals: its own way in is what is asked about.
 */
export function diagnose(read: Read, owned: Owned): Diagnosis {
  if (read.kind === 'malformed')
    return { verdict: 'malformed', needsRoot: 'perhaps', without: [], actions: {}, faults: read.faults };
  const { policy } = read;
  const reads = readActions(policy, owned);
  const actions = Object.fromEntries(Object.entries(reads).map(([action, { reading }]) => [action, reading]));
  const worst = verdicts.find((verdict) =>
    Object.values(actions).some((reading) => reading.verdict === verdict),
  );
  return { verdict: worst ?? 'no-lockout', ...rootFor(policy, reads, owned.accountId), actions, faults: [] };
}

/**
 * Each administrative action, and whether those whom no statement names can do it. Actions that the same statements
 * reach are read once. Each reading may take its own time, unless a meter is given for all of them together.
 */
export function readActions(
  policy: Policy,
  { accountId, now, organizationId, resourceArn }: Owned,
  meter?: Meter,
): Record<string, ActionRead> {
  const resource = resourceOf(policy, accountId, resourceArn);
  const denies = policy.statements.filter(
    ({ effect, resources }) => effect === 'Deny' && reaches(resources, resource.arn, 'resource'),
  );
  const known = new Map<string, ActionRead>();
  const readOne = (action: string): ActionRead => {
    const reaching = denies.filter(({ actions }) => reaches(actions, action, 'action'));
    const key = reaching.map(({ index }) => index).join();
    const read =
      known.get(key) ??
      readAction(
        reaching,
        policy.version,
        { ...resource, accountId, now, organizationId },
        meter ?? new Meter(),
      );
    known.set(key, read);
    return read;
  };
  return Object.fromEntries(administrativeActions[policy.service].map((action) => [action, readOne(action)]));
}

/** Whether it takes root, and who else could correct the policy. */
function rootFor(
  { service }: Policy,
  reads: Readonly<Record<string, ActionRead>>,
  accountId: string,
): { needsRoot: NeedsRoot; without: string[] } {
  const correcting = correctingActions[service].flatMap((action) => {
    const read = reads[action];
    return read === undefined ? [] : [{ action, ...read }];
  });
  const open = correcting.filter(({ ordinaryGetIn }) => ordinaryGetIn).map(({ action }) => action);
  if (open.length > 0) {
    const but = correcting.some(({ reading }) => reading.verdict !== 'no-lockout')
      ? ' that no Deny shuts out'
      : '';
    const who = `every IAM principal of account ${accountId}${but} whose own permissions allow ${listed(open, 'or')}`;
    return { needsRoot: 'no', without: [who] };
  }
  const some = correcting.filter(({ reading }) => reading.verdict !== 'locks-everyone');
  const without = [...new Set(some.flatMap(({ reading }: { reading: ActionReading }) => reading.spared))];
  return { needsRoot: some.length > 0 ? 'perhaps' : 'yes', without };
}
