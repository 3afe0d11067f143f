import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { lockedOrganization } from '../scenes/theatre.ts';

export const delegatedAdministrator = '222222222222';

const policies = ['functions-and-roles', 'records-and-messages'].map((name) =>
  readFileSync(join(import.meta.dirname, `../../../examples/scp/${name}.json`), 'utf8'),
);

/** The organization of every story; the account in which rootdesk runs may have the service control policies on it. */
export function organization({ protectedByScp }: { protectedByScp: boolean }): ScenarioInput['organization'] {
  const { accounts = [] } = lockedOrganization(20);
  const serviceControlPolicies = protectedByScp ? policies.map((text) => JSON.parse(text)) : [];
  return { accounts: [...accounts, { id: delegatedAdministrator, serviceControlPolicies }] };
}
