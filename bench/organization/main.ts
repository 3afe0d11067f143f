import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assembliesVariable } from '../../sandbox/scenario/assemblies.ts';
import type { Row } from '../row.ts';
import type { Measured } from './measure.ts';
import type { Measurement } from './measured-world.ts';

/** `npm run bench -- organization`: a run across the organization beside the serial loop of AWS's own script. */

/** What fits into about ten minutes; the rest by `--accounts 1000,5000 --concurrency 10,40`. */
const defaults = {
  accounts: '100,1000',
  latency: '50,750',
  concurrency: '40',
  throttled: '0.05,0.2',
  failing: '1000',
};

/** The serial loop is measured up to so many accounts: beyond them each takes as long as those before. */
const mostSerially = 1000;

const numbers = (text: string) => text.split(',').filter(Boolean).map(Number);
const minutes = (milliseconds: number) => (milliseconds / 60_000).toFixed(1);
const ofReality = ({ realSeconds, peakMegabytes }: Measured) =>
  `${realSeconds.toFixed(0)} s of real time, ${peakMegabytes.toFixed(0)} MB in all`;

export function benchOrganization(args: readonly string[], row: Row): void {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  );
  const values = parseArgs({ args: [...args], options }).values as typeof defaults;
  const sizes = numbers(values.accounts);
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-bench-'));
  const measure = (measurement: Partial<Measurement>) => measured(directory, measurement);
  try {
    for (const latencyMs of numbers(values.latency)) {
      const perAccount = new Map<number, number[]>();
      for (const accounts of sizes) {
        const serial = serialLoop(measure, accounts, latencyMs, row);
        for (const concurrency of numbers(values.concurrency)) {
          const result = measure({ accounts, concurrency, latencyMs });
          const { milliseconds, run } = result;
          perAccount.set(concurrency, [...(perAccount.get(concurrency) ?? []), milliseconds / accounts]);
          row(
            `audit of ${accounts} accounts, ${concurrency} at once, ${latencyMs} ms a call of STS and IAM`,
            `${minutes(milliseconds)} min, ${(accounts / (milliseconds / 60_000)).toFixed(0)} accounts a minute, ${(serial / milliseconds).toFixed(1)} times the serial loop; $${run?.usd.toFixed(3)}, ${run?.transitions} transitions; report of ${((run?.reportBytes ?? 0) / 1e6).toFixed(1)} MB; ${ofReality(result)}`,
            concurrency === 40 ? 'at least 30 times' : '',
          );
        }
      }
      for (const [concurrency, each] of perAccount)
        row(
          `time an account, ${concurrency} at once, ${latencyMs} ms, for ${sizes.join(', ')} accounts`,
          each.map((milliseconds) => `${milliseconds.toFixed(0)} ms`).join(', '),
          'the same',
        );
    }
    for (const throttled of numbers(values.throttled)) {
      const accounts = Math.min(...sizes);
      underFaults(
        `audit of ${accounts} accounts, 40 at once, 50 ms, ${100 * throttled} % of STS calls throttled`,
        measure({ accounts, concurrency: 40, throttled }),
        row,
      );
    }
    for (const accounts of numbers(values.failing))
      underFaults(
        `audit of ${accounts} accounts, 5 % of the calls of STS, IAM and DynamoDB failing`,
        measure({ accounts, failing: 0.05 }),
        row,
      );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Without the time: the sandbox's clock does not let the waits within functions, such as the SDK's back-off, overlap. */
function underFaults(what: string, result: Measured, row: Row): void {
  if (result.run === null) return;
  const { counts, executions, wrong } = result.run;
  const { clean, failed, leftOut, unknown, withCredentials } = counts;
  row(
    what,
    `${clean} clean, ${withCredentials} with credentials, ${unknown} unknown, ${leftOut} left out, ${failed} failed; ${wrong.length} answers wrong; started ${executions} times; ${ofReality(result)}`,
    '0 answers wrong',
  );
}

function serialLoop(
  measure: (measurement: Partial<Measurement>) => Measured,
  accounts: number,
  latencyMs: number,
  row: Row,
): number {
  const walked = Math.min(accounts, mostSerially);
  const result = measure({ accounts: walked, latencyMs, serially: true });
  const milliseconds = (result.milliseconds * accounts) / walked;
  row(
    `serial loop over ${accounts} accounts, ${latencyMs} ms a call`,
    `${minutes(milliseconds)} min${walked < accounts ? `, ${accounts / walked} times that of ${walked}` : ''}; ${ofReality(result)}`,
  );
  return milliseconds;
}

/** Each in a process of its own: what one leaves in memory is not counted for the next. */
function measured(directory: string, measurement: Partial<Measurement>): Measured {
  const whole: Measurement = {
    accounts: 100,
    concurrency: 10,
    latencyMs: 50,
    throttled: 0,
    failing: 0,
    serially: false,
    ...measurement,
  };
  const output = execFileSync(
    process.execPath,
    [join(import.meta.dirname, 'measure.ts'), JSON.stringify(whole)],
    {
      encoding: 'utf8',
      env: { ...process.env, [assembliesVariable]: directory },
      maxBuffer: 64e6,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return JSON.parse(output);
}
