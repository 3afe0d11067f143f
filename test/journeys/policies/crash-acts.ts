import { readPolicy } from '../../../policy/read-policy.ts';
import { repairPolicy } from '../../../policy/repair.ts';
import { callsOfACleanRun, type LaneCall } from '../faults/lane-calls.ts';
import { account, type Policy, type Scene, type Step } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { queueArnOf } from '../scenes/unlock-sqs-queue.ts';
import { restore, restoreOf, unlockingOf } from './restore-acts.ts';

/** What puts a policy in the place of what is there: a repair, or a restore. */
export interface Act {
  readonly what: string;
  /** Its targets; their `change` is the call that puts a policy. */
  readonly scene: Scene;
  /** The code of its ending when it is done. */
  readonly code: string;
  /** What is there before it, and what it is to put. */
  found(name: string): Policy | null;
  document(name: string): Policy;
  /** Its ticket system sends the approval. */
  send(ticket: Ticket, settleFor?: string): Step;
  /** Every AWS call that its lane makes when nothing goes wrong. */
  readonly calls: readonly LaneCall[];
}

/** S3 has a call of its own for putting; SQS sets an attribute in any case. */
const putting = (scene: Scene): Scene =>
  scene.service === 's3'
    ? { ...scene, change: 'PutBucketPolicy', changeAction: 's3:PutBucketPolicy' }
    : scene;

/** The repair that the library proposes: its own tests say that it is the right one. */
function repairOf(scene: Scene, name: string): Policy {
  const service = scene.service === 's3' ? 's3' : 'sqs';
  const resourceArn = service === 's3' ? `arn:aws:s3:::${name}` : queueArnOf(name);
  const read = readPolicy(JSON.stringify(scene.lockOut(name)), service);
  if (read.kind !== 'policy') throw new Error(`the policy of ${name} is malformed`);
  const repaired = repairPolicy(read.policy, {
    accountId: account,
    resourceArn,
    now: new Date('2026-11-20T10:00:00Z'),
  });
  if (repaired.kind !== 'repair') throw new Error(`there is no repair for ${name}`);
  return JSON.parse(repaired.text);
}

/** The lock-out of every scene repaired. It is the unlocking lane: up to the session nothing is its own. */
export const everyRepair: readonly Act[] = everyScene.map(putting).map((scene) => ({
  what: `${scene.task} by a repair`,
  scene,
  code: 'repaired',
  found: (name) => scene.lockOut(name),
  document: (name) => repairOf(scene, name),
  send: (ticket, settleFor) => ticket.send({ remedy: 'repair' }, settleFor ? { settleFor } : {}),
  calls: callsOfACleanRun(scene),
}));

const lookUps: readonly LaneCall[] = [
  {
    what: 'reading what the last request did to the target',
    service: 'dynamodb',
    operation: 'Query',
    nth: 2,
  },
  { what: 'looking up what is to be put back', service: 'dynamodb', operation: 'Query', nth: 3 },
  { what: 'looking it up in the session', service: 'dynamodb', operation: 'Query', nth: 4 },
];

/** A policy that locks nobody out and was taken away at 10:00, put back by an approval of 10:08. */
export const everyRestoring: readonly Act[] = everyScene.map(putting).map((scene) => ({
  what: restoreOf(scene),
  scene,
  code: 'restored',
  found: () => null,
  document: (name) => scene.repaired(name),
  send: (ticket, settleFor) =>
    restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }, settleFor),
  calls: [...callsOfACleanRun(scene), ...lookUps],
}));
