import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembliesVariable } from '../../sandbox/scenario/assemblies.ts';
import type { OrganizationOptions } from '../read-command.ts';
import type { Row } from '../row.ts';
import type { Measured } from './measure.ts';
import type { Measurement } from './measured-world.ts';

/** `npm run bench -- organization`: a run across the organization beside the serial loop of AWS's own script. */

/** The serial loop is measured up to so many accounts: beyond them each takes as long as those before. */
const mostSerially = 1000;

/** So many accounts show what throttling does: more would show the same for longer. */
const throttledAccounts = 100;

const minutes = (milliseconds: number) => (milliseconds / 60_000).toFixed(1);
const ofReality = ({ cpuSeconds, realSeconds, peakMegabytes }: Measured) =>
  `${realSeconds.toFixed(0)} s of real time, ${cpuSeconds.toFixed(0)} s of CPU time, ${peakMegabytes.toFixed(0)} MB in all`;

export function benchOrganization(options: OrganizationOptions, row: Row): void {
  const { accounts: sizes, concurrency: atOnce, failing, latency, throttled: shares } = options;
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-bench-'));
  const known = new Map<string, Measured>();
  const measure = (measurement: Partial<Measurement>) => {
    const key = JSON.stringify(measurement);
    const found = known.get(key) ?? measured(directory, measurement);
    known.set(key, found);
    return found;
  };
  try {
    for (const latencyMs of latency) {
      const perAccount = new Map<number, number[]>();
      for (const accounts of sizes) {
        const serial = serialLoop(measure, accounts, latencyMs, row);
        for (const concurrency of atOnce) {
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
    for (const throttled of shares) {
      underFaults(
        `audit of ${throttledAccounts} accounts, 40 at once, 50 ms, ${100 * throttled} % of STS calls throttled`,
        measure({ accounts: throttledAccounts, concurrency: 40, throttled }),
        row,
      );
    }
    for (const accounts of failing)
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
