import { benchOneTask } from './one-task.ts';
import { benchOrganization } from './organization/main.ts';

/**
 * `npm run bench`: the numbers of the README, all from one run on this machine. `npm run bench -- organization`: those of
 * runs across the organization alone, with options of their own.
 */

const row = (what: string, value: string, aim = '') => console.log(`| ${what} | ${value} | ${aim} |`);
const [part, ...options] = process.argv.slice(2);
if (part !== undefined && part !== 'organization') throw new Error(`the bench has no part "${part}"`);

row('what', 'measured', 'aim');
row('---', '---', '---');
if (part === undefined) await benchOneTask(row);
benchOrganization(options, row);
