import type { CallRecord, Deployment } from '../sandbox/parts.ts';
import { tellStory } from './story.ts';

/** The two calls that an expert would make by hand, in order. */
const byHand = ['sts', 's3'];

/** Seconds-long latencies of AWS calls: sts as captured from one client (0.71 to 0.82 s), the others assumed. */
export const modelledLatencyMs: Record<string, number> = { sts: 750, s3: 60, dynamodb: 8, default: 20 };

interface Milestones {
  readonly unlockedMs: number;
  readonly recordedMs: number;
}

/** Time on the sandbox's clock from the lane's first call to the answers that unlock and that record. */
function milestones(calls: readonly CallRecord[], latencyMs: Readonly<Record<string, number>>): Milestones {
  const isLane = ({ principal }: CallRecord) =>
    /UnlockS3Bucket/.test(principal) || principal.endsWith(':root');
  const lane = calls.filter(isLane);
  const answered = (call: CallRecord | undefined) => {
    const [first] = lane;
    if (call === undefined || first === undefined)
      throw new Error('the story did not run as the bench expects');
    return Date.parse(call.at) - Date.parse(first.at) + (latencyMs[call.service] ?? latencyMs.default ?? 0);
  };
  return {
    unlockedMs: answered(lane.find(({ operation }) => operation === 'DeleteBucketPolicy')),
    recordedMs: answered(lane.findLast(({ operation }) => operation === 'PutItem')),
  };
}

/** Calls in sequence: with every call taking the same long time, overlapping ones count once. */
export async function sequentialCalls(deployment: Deployment) {
  const each = 2_000;
  const { calls } = await tellStory(deployment, { default: each });
  const { unlockedMs, recordedMs } = milestones(calls, { default: each });
  return { untilUnlocked: Math.round(unlockedMs / each), untilRecorded: Math.round(recordedMs / each) };
}

/** Modelled time to unlock, beside the time that the two calls by hand would take. */
export async function modelledTime(deployment: Deployment) {
  const { calls } = await tellStory(deployment, modelledLatencyMs);
  const byHandMs = byHand.reduce((sum, service) => sum + (modelledLatencyMs[service] ?? 0), 0);
  return { ...milestones(calls, modelledLatencyMs), byHandMs };
}
