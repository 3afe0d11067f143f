import type { Deployment } from '../../sandbox/parts.ts';
import { carryOut } from './carry-out.ts';
import { type Findings, findingsIn } from './properties.ts';
import { samplesOf } from './samples.ts';

/** A world grows with what happened in it: its schedules look at all of it again and again. */
const eventsInAWorld = 500;

/** Carries events out, world after world, and counts what they came to; ends with the first world that was wrong. */
export async function fuzz(
  deployment: Deployment,
  seed: number,
  events: number,
  progress: (done: number) => void = () => {},
): Promise<Findings> {
  const samples = samplesOf(seed, events);
  const counts: Record<string, number> = {};
  for (let from = 0; from < samples.length; from += eventsInAWorld) {
    const some = samples.slice(from, from + eventsInAWorld);
    const found = await carryOut(deployment, some, findingsIn);
    for (const [label, count] of Object.entries(found.counts)) counts[label] = (counts[label] ?? 0) + count;
    if (found.violations.length > 0) return { counts, violations: found.violations };
    progress(from + some.length);
  }
  return { counts, violations: [] };
}
