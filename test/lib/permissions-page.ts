import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GivenStack } from './given-stack.ts';
import type { Matrix } from './least-privilege/matrix.ts';
import { lineOf, statementsOf } from './policies.ts';

/** The one list of what each role may do, for a person to agree to; `least-privilege/write.ts` writes it anew. */
export const pagePath = join(import.meta.dirname, '..', '..', 'docs', 'permissions.md');

const head = `# Permissions

Every role of the stack with the settings of the example and one excluded account: the statements of its policies, and
what IAM lets it do with them, resource policies included. A change of this page is a change of what rootdesk may do.
Made by \`node test/lib/least-privilege/write.ts\`; the tests of \`test/lib/\` compare it with the template.
`;

/** The statements of a role, a row each. */
export function statementRows(given: GivenStack, role: string): string {
  const rows = statementsOf(given, role).map(
    (statement) => `| \`${statement.Sid ?? '(no Sid)'}\` | ${lineOf(statement)} |`,
  );
  return ['| statement | text |', '| --- | --- |', ...rows].join('\n');
}

/** What IAM lets a role do, a line each resource. */
export function decisionLines(allowed: readonly string[]): string {
  return allowed.map((line) => `- ${line}`).join('\n');
}

/** The whole page. */
export function permissionsPage(given: GivenStack, { allowed }: Matrix): string {
  const sections = [...allowed].map(([role, lines]) =>
    [`## ${role}`, statementRows(given, role), 'IAM lets it:', decisionLines(lines)].join('\n\n'),
  );
  return `${[head.trimEnd(), ...sections].join('\n\n')}\n`;
}

/** The page as it was agreed to: the section of each role by its name. */
export function agreedSections(): ReadonlyMap<string, string> {
  const [, ...sections] = readFileSync(pagePath, 'utf8').split(/^## /m);
  return new Map(
    sections.map((section) => {
      const [role = '', ...lines] = section.trimEnd().split('\n');
      return [role, lines.join('\n').trim()];
    }),
  );
}
