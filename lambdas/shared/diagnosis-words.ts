import type { DiagnosisRecord } from '../../contract/diagnosis.ts';
import { shown, visible } from '../../contract/shown.ts';
import { listed } from '../../policy/words/lists.ts';

/**
 * A diagnosis in sentences that hold no value of the policy: no principal, no condition, no resource. Which statement it
 * is may be told where somebody has approved a change; of a rehearsal only what `verdictSaid` says, for whoever hears of
 * it need not be anybody who may read the policy.
 */

type StatementRefs = DiagnosisRecord['actions'][string]['statements'];

/** A Sid is somebody else's text, and no message has more of it than this. */
const sidShown = 60;

/** The statements that shut somebody out of something, in the policy's order. */
export function lockingStatements({ actions }: DiagnosisRecord): StatementRefs {
  const all = Object.values(actions).flatMap(({ statements }) => statements);
  return [...new Map(all.map((one) => [one.index, one])).values()].sort((a, b) => a.index - b.index);
}

/** "Statement[0] (OnlyThePipeline) and Statement[2]". */
export function statementsText(statements: StatementRefs): string {
  return listed(
    statements.map(({ index, sid }) =>
      sid === null ? `Statement[${index}]` : `Statement[${index}] (${shown(sid, sidShown)})`,
    ),
  );
}

/** "locks every principal of the account out of s3:GetBucketPolicy and s3:PutBucketPolicy": the worst there is. */
function whatItDoes(diagnosis: DiagnosisRecord, verb: 'lock' | 'locks', named: boolean): string {
  const { actions, needsRoot, verdict } = diagnosis;
  const worst = Object.entries(actions).filter(([, reading]) => reading.verdict === verdict);
  const what = `out of ${named ? listed(worst.map(([action]) => action)) : 'its administration'}`;
  switch (verdict) {
    case 'malformed':
      return verb === 'locks' ? 'is malformed' : 'are malformed';
    case 'no-lockout':
      return `${verb} nobody of the account out of its administration`;
    case 'locks-everyone':
      return `${verb} every principal of the account ${what}, from wherever they call`;
    case 'depends':
      if (worst.every(([, { spared }]) => spared.length === 0))
        return `may ${verb === 'locks' ? 'lock' : verb} principals of the account ${what}, which nobody could find out: it is too intricate`;
      return `${verb} every principal of the account that does not call from where, or with what, it asks for ${what}`;
    case 'locks-some':
      return needsRoot === 'no'
        ? `${verb} some principals of the account ${what}`
        : `${verb} every principal of the account but those it names ${what}`;
    default:
      return verdict satisfies never;
  }
}

/** What a policy does to its own administration, and nothing that it says: "It locks every principal of the account …". */
export function verdictSaid(diagnosis: DiagnosisRecord): string {
  return `It ${whatItDoes(diagnosis, 'locks', false)}.`;
}

/** The same of the statements that do it: "Statement[0] (OnlyThePipeline) locks …"; null where none does. */
export function statementsSaid(diagnosis: DiagnosisRecord): string | null {
  const statements = lockingStatements(diagnosis);
  if (statements.length === 0) return null;
  return `${statementsText(statements)} ${whatItDoes(diagnosis, statements.length === 1 ? 'locks' : 'lock', true)}.`;
}

/** What a request has done to the policy that its diagnosis is of. */
export type DoneTo = 'removed' | 'repaired' | 'left';

/** Of the sentences that say what is changed, as many characters as a message shows. */
const changesShown = 320;

/** The sentences that fit, whole; the trail has them all. */
function changesText(changes: readonly string[]): string {
  let length = 0;
  const fitting = changes.filter((change) => {
    length += change.length + 1;
    return length <= changesShown;
  });
  const rest = fitting.length < changes.length ? ['The trail has all that was changed.'] : [];
  return visible([...fitting, ...rest].join(' '));
}

/**
 * What the owner should put instead of the policy; null where nothing has to be put. `requestId` is that of the request
 * that read the policy, by which the trail gives it out.
 */
export function insteadSaid(diagnosis: DiagnosisRecord, doneTo: DoneTo, requestId: string): string | null {
  const { repair } = diagnosis;
  const statements = statementsText(lockingStatements(diagnosis));
  if (statements === '') return null;
  const print = `"npm run --silent trail -- policy ${requestId}" prints the old one`;
  if (repair === null) return null;
  if (!repair.possible)
    return doneTo === 'removed' ? `Write a policy anew without ${statements}: ${print}.` : null;
  const changes = changesText(repair.changes);
  switch (doneTo) {
    case 'removed':
      return `Put the policy back without what locks out in ${statements}: ${print}, "npm run --silent diagnose" proposes the repaired one (sha256 ${repair.sha256.slice(0, 12)}…).`;
    case 'repaired':
      return `Make the same change where the policy is written: ${changes}`;
    case 'left':
      return `Correct it in the pipeline that wrote the policy: ${changes}`;
    default:
      return doneTo satisfies never;
  }
}
