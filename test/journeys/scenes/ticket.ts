import { type Asking, askingFor } from './approval.ts';
import type { Policy, Scene, Step } from './scene.ts';

export { entryOf } from './approval.ts';

/** A ticket that asks for a root task on one target with a policy. */
export interface Ticket extends Asking {
  readonly scene: Scene;
  /** The name of its target. */
  readonly target: string;
  /** The owner changes the policy of the target. */
  ownerPuts(policy: Policy | null): Step;
  /** Somebody locks the target again, with the policy that locked it before. */
  readonly lockedAgain: Step;
  readonly administratorTries: Step;
  /** Another ticket for the same target, which came up at the same time. */
  another(letter?: string): Ticket;
}

/** The ticket of this number, which comes up at this time. */
export function ticketOf(scene: Scene, number: number, cameUpAt: number, letter = ''): Ticket {
  const target = scene.nameOf(number);
  const ownerPuts = (policy: Policy | null) => scene.ownerPuts(target, policy);
  return {
    ...askingFor(`SEC-${number}${letter}`, cameUpAt, {
      task: scene.task,
      target: scene.target(target),
      reason: 'A Deny shut out every administrator',
    }),
    scene,
    target,
    ownerPuts,
    lockedAgain: ownerPuts(scene.lockOut(target)),
    administratorTries: scene.administratorTries(target),
    another: (other = 'B') => ticketOf(scene, number, cameUpAt, other),
  };
}
