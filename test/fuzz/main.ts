import { parseArgs } from 'node:util';
import { readDeployment } from '../../sandbox/assembly/read-deployment.ts';
import { assemblyFor } from '../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../sandbox/scenario/merged-settings.ts';
import { fuzz } from './fuzz.ts';
import { delegatedAdministrator } from './organization.ts';
import { fuzzSettings } from './valid-event.ts';

/** `npm run fuzz -- --events 10000 --seed 1`: prints the seed, what the events came to, and exits 1 with what went wrong. */

const { values } = parseArgs({ options: { events: { type: 'string' }, seed: { type: 'string' } } });
const whole = (name: string, text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name}: expected a whole number, found ${JSON.stringify(text)}`);
  process.exit(2);
};
const events = whole('events', values.events ?? '10000');
const seed = whole('seed', values.seed ?? String(Date.now() % 1_000_000_000));

console.log(`seed ${seed}, ${events} events`);
const deployment = readDeployment(await assemblyFor(mergedSettings(fuzzSettings)), {
  accountId: delegatedAdministrator,
  region: 'eu-central-1',
  partition: 'aws',
});
const begun = performance.now();
const { counts, violations } = await fuzz(deployment, seed, events, (done) => {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.error(`${done} events after ${seconds} s, ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
});
for (const [label, count] of Object.entries(counts).sort((a, b) => b[1] - a[1]))
  console.log(`${count}\t${label}`);
for (const violation of violations.slice(0, 10)) console.log(JSON.stringify(violation, null, 2));
console.log(
  violations.length === 0
    ? `every property held for ${events} events in ${((performance.now() - begun) / 1000).toFixed(0)} s`
    : `${violations.length} times a property did not hold: npm run fuzz -- --seed ${seed} --events ${events}`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
