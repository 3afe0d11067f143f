import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployment } from '../sandbox/assembly/read-deployment.ts';
import { synthesize } from '../sandbox/assembly/synthesize.ts';
import { measureBundles, sourcesOf } from './bundles.ts';
import { costOfUnlock } from './cost.ts';
import { modelledLatencyMs, modelledTime, sequentialCalls } from './critical-path.ts';
import { costOfIdleMonth } from './idle-cost.ts';
import { carryLoad } from './load.ts';
import type { Row } from './row.ts';
import { tellStory } from './story.ts';

/** The numbers of one root task, from one run on this machine. */
export async function benchOneTask(row: Row): Promise<void> {
  const settings = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'examples', 'settings.json'), 'utf8'),
  );
  const assembly = mkdtempSync(join(tmpdir(), 'rootdesk-bench-assembly-'));
  const usd = (value: number) => `$${value.toPrecision(2)}`;
  try {
    await synthesize(settings, assembly);
    const deployment = readDeployment(assembly, {
      accountId: '222222222222',
      region: 'eu-central-1',
      partition: 'aws',
    });

    const { untilUnlocked, untilRecorded } = await sequentialCalls(deployment);
    row('AWS calls in sequence until the policy is gone', `${untilUnlocked}`, 'at most 9');
    row('AWS calls in sequence until the ending is recorded', `${untilRecorded}`, 'at most 12');

    const time = await modelledTime(deployment);
    const assumed = `sts ${modelledLatencyMs.sts} ms, s3 ${modelledLatencyMs.s3} ms, dynamodb ${modelledLatencyMs.dynamodb} ms a call`;
    row(
      `modelled time until the policy is gone, against the two calls made by hand (${assumed})`,
      `${(time.unlockedMs / time.byHandMs).toFixed(2)} times`,
    );

    for (const { source, kilobytes, importMs, bareMs, leanMs } of measureBundles(
      deployment,
      sourcesOf(assembly, deployment),
    )) {
      row(
        `bundle of ${source}`,
        `${kilobytes.toFixed(0)} KB`,
        source.includes('policy') || source.includes('unlock') ? 'at most 850 KB' : 'at most 750 KB',
      );
      row(
        `import of ${source}, against a bare handler with the same SDK clients`,
        `${(importMs / bareMs).toFixed(2)} times`,
        'at most 1.3 times',
      );
      row(
        `the same, against one that leaves out the default credential chain too`,
        `${(importMs / leanMs).toFixed(2)} times`,
      );
    }

    const told = await tellStory(deployment, {});
    const cost = costOfUnlock(told, deployment, time.recordedMs + 1_000, settings.onCall.emails.length);
    row('bytes in the trail per unlock', `${cost.trailBytes}`);
    row('bytes in the logs per unlock', `${told.logBytes}`);
    row('cost per unlock (bench/prices.ts, counted calls)', usd(cost.total));
    const template = JSON.parse(readFileSync(join(assembly, 'Rootdesk.template.json'), 'utf8'));
    const idle = costOfIdleMonth(template);
    const parts = Object.entries(idle.parts).map(([what, price]) => `${what} ${usd(price)}`);
    row('cost per month idle', `${usd(idle.total)} (${parts.join(', ')})`);
    row('metrics that alarms look at', `${idle.alarmMetrics}`);

    const loads = [await carryLoad(deployment, 200), await carryLoad(deployment, 2000)];
    for (const load of loads) {
      const codes = Object.entries(load.codes).map(([code, count]) => `${count} ${code}`);
      row(
        `${load.approvals} approvals at once, 5 % of AWS calls failing`,
        `${codes.join(', ')}; ${load.awsCalls} calls in ${load.seconds.toFixed(0)} s, ${load.peakMegabytes.toFixed(0)} MB`,
      );
      row(
        'of these without an ending, with two, untold',
        `${load.lost}, ${load.twice}, ${load.untold}`,
        '0, 0, 0',
      );
    }
    const [few, many] = loads;
    if (few !== undefined && many !== undefined) {
      const times = (a: number, b: number) => `${(b / a).toFixed(1)} times`;
      row(
        'ten times as many approvals: time, memory',
        `${times(few.seconds, many.seconds)}, ${times(few.peakMegabytes, many.peakMegabytes)}`,
      );
    }

    row('a fresh world in the sandbox', `${told.worldMs.toFixed(0)} ms`, 'under 1 s');
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}
