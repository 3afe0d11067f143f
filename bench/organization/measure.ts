import { type AuditRun, auditOrganization } from './audit-run.ts';
import { type Measurement, measuredWorld } from './measured-world.ts';
import { runSerially } from './serial-loop.ts';

/** What was measured of one thing, in a process of its own. */
export interface Measured {
  /** On the sandbox's clock. */
  readonly milliseconds: number;
  readonly run: AuditRun | null;
  readonly realSeconds: number;
  /** Of all cores, functions and the AWS side together; without the start of the process and the synthesis. */
  readonly cpuSeconds: number;
  /** The most memory that the process held: all functions and the AWS side in it. */
  readonly peakMegabytes: number;
}

const measurement: Measurement = JSON.parse(process.argv[2] ?? '');
const world = await measuredWorld(measurement);
try {
  const begun = performance.now();
  const cpuBegun = process.cpuUsage();
  const run = measurement.serially ? null : await auditOrganization(world);
  const milliseconds = run === null ? await runSerially(world) : run.milliseconds;
  const { system, user } = process.cpuUsage(cpuBegun);
  const measured: Measured = {
    milliseconds,
    run,
    realSeconds: (performance.now() - begun) / 1000,
    cpuSeconds: (system + user) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(measured));
} finally {
  await world.close();
}
