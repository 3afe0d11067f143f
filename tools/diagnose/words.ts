import { visible } from '../../contract/shown.ts';
import type { ActionReading, Diagnosis, Repaired, StatementRef } from '../../policy/diagnosis.ts';
import { listed, statementName } from '../../policy/words/lists.ts';
import type { Answer } from './answer.ts';

/** Answers in sentences. Each is one line, whatever somebody wrote into a Sid or the name of a file. */
export function wordsFor(answers: readonly Answer[]): string {
  return answers
    .map((answer) => [...(answers.length === 1 ? [] : [`${answer.file}:`]), ...linesFor(answer)])
    .map((lines) => lines.map(visible).join('\n'))
    .join('\n\n');
}

function linesFor({ accountId, diagnosis, repaired, sha256 }: Answer): string[] {
  const hash = sha256 === null ? [] : [`hash of this policy: ${sha256}`];
  const verdict = `${diagnosis.verdict}: ${verdictWords(diagnosis, accountId)}`;
  if (diagnosis.verdict === 'malformed') return [verdict, ...faultLines(diagnosis), ...hash];
  return [
    verdict,
    rootWords(diagnosis),
    '',
    ...actionLines(diagnosis),
    ...repairLines(repaired),
    '',
    ...hash,
    ...repairedHash(repaired),
  ];
}

function faultLines({ faults }: Diagnosis): string[] {
  return faults.map(({ message, path }) => `  ${path === '' ? 'the document' : path}: ${message}`);
}

function verdictWords({ actions, verdict }: Diagnosis, accountId: string): string {
  const worst = Object.keys(actions).filter((action) => actions[action]?.verdict === verdict);
  const denied = `${listed(worst)} ${worst.length === 1 ? 'is' : 'are'} denied to`;
  const everyone = `every IAM principal of account ${accountId}`;
  switch (verdict) {
    case 'malformed':
      return 'AWS would refuse this policy, so nothing is read of it';
    case 'locks-everyone':
      return `${denied} ${everyone}`;
    case 'depends':
      return `${denied} ${everyone}, unless they call with something that the policy alone cannot show`;
    case 'locks-some':
      return `${denied} some IAM principals of account ${accountId}, and left to others`;
    case 'no-lockout':
      return `no administrative action is denied to an IAM principal of account ${accountId}`;
    default:
      return verdict satisfies never;
  }
}

function rootWords({ needsRoot, without }: Diagnosis): string {
  switch (needsRoot) {
    case 'yes':
      return 'root is needed: nobody else of the account can correct this policy';
    case 'perhaps':
      return `root is needed unless one of these can correct this policy: ${without.join('; ')}`;
    case 'no':
      return `root is not needed: this policy can be corrected by ${without.join('; ')}`;
    default:
      return needsRoot satisfies never;
  }
}

/** A block for each reading, above it all actions that have it. */
function actionLines({ actions }: Diagnosis): string[] {
  const groups = Map.groupBy(Object.entries(actions), ([, reading]) => JSON.stringify(reading));
  return [...groups.values()].flatMap((group) => {
    const [[, reading] = []] = group;
    if (reading === undefined) return [];
    const names = group.map(([action]) => action);
    return [`${listed(names)}: ${reading.verdict}`, ...readingLines(reading)];
  });
}

function readingLines({ shutOut, spared, statements, why }: ActionReading): string[] {
  return [
    `  why: ${why}`,
    ...(shutOut.length === 0 ? [] : [`  shut out: ${shutOut.join('; ')}`]),
    ...(spared.length === 0 ? [] : [`  spared: ${spared.join('; ')}`]),
    ...(statements.length === 0 ? [] : [`  by: ${namesOf(statements)}`]),
  ];
}

const namesOf = (statements: readonly StatementRef[]) => statements.map(statementName).join(', ');

function repairLines(repaired: Repaired | null): string[] {
  switch (repaired?.kind) {
    case 'repair':
      return [
        '',
        `proposed repair of ${namesOf(repaired.statements)}:`,
        ...repaired.changes.map((change) => `  ${change}`),
        '',
        ...repaired.diff.split('\n').filter((line, index, lines) => line !== '' || index < lines.length - 1),
      ];
    case 'none-safe':
      return ['', `no safe repair: ${repaired.why}`];
    case 'not-needed':
    case undefined:
      return [];
    default:
      return repaired satisfies never;
  }
}

function repairedHash(repaired: Repaired | null): string[] {
  return repaired?.kind === 'repair' ? [`hash of the repaired policy: ${repaired.sha256}`] : [];
}
