import { accessStatements } from './areas/access-statements.ts';
import { announcements } from './areas/announcements.ts';
import { authorization } from './areas/authorization.ts';
import { controlPolicies } from './areas/control-policies.ts';
import { credentials } from './areas/credentials.ts';
import { givingUp } from './areas/giving-up.ts';
import { infrastructure } from './areas/infrastructure.ts';
import { once } from './areas/once.ts';
import { policies } from './areas/policies.ts';
import { rootSessionMutants } from './areas/root-sessions.ts';
import { runs } from './areas/runs.ts';
import { secrets } from './areas/secrets.ts';
import { trail } from './areas/trail.ts';
import type { Mutant } from './mutant.ts';

/** The mutants by the path of the file that holds them. */
export type Tables = Readonly<Record<string, readonly Mutant[]>>;

export const tables: Tables = {
  'test/mutants/areas/authorization.ts': authorization,
  'test/mutants/areas/once.ts': once,
  'test/mutants/areas/root-sessions.ts': rootSessionMutants,
  'test/mutants/areas/secrets.ts': secrets,
  'test/mutants/areas/trail.ts': trail,
  'test/mutants/areas/announcements.ts': announcements,
  'test/mutants/areas/giving-up.ts': givingUp,
  'test/mutants/areas/credentials.ts': credentials,
  'test/mutants/areas/policies.ts': policies,
  'test/mutants/areas/runs.ts': runs,
  'test/mutants/areas/access-statements.ts': accessStatements,
  'test/mutants/areas/control-policies.ts': controlPolicies,
  'test/mutants/areas/infrastructure.ts': infrastructure,
};

export const allMutants: readonly Mutant[] = Object.values(tables).flat();
