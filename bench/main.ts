import { benchOneTask } from './one-task.ts';
import { benchOrganization } from './organization/main.ts';
import { benchPolicy } from './policy.ts';

/**
 * `npm run bench`: the numbers of the README, all from one run on this machine. `npm run bench -- organization`: those of
 * runs across the organization alone, with options of their own; `npm run bench -- policy`: of reading policies alone.
 */

const row = (what: string, value: string, aim = '') => console.log(`| ${what} | ${value} | ${aim} |`);
const [part, ...options] = process.argv.slice(2);
if (part !== undefined && part !== 'organization' && part !== 'policy')
  throw new Error(`the bench has no part "${part}"`);

row('what', 'measured', 'aim');
row('---', '---', '---');
if (part === undefined) await benchOneTask(row);
if (part !== 'organization') benchPolicy(row);
if (part !== 'policy') benchOrganization(options, row);
