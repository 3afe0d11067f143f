import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';

export type Step = ScenarioInput['steps'][number];
export type Policy = Readonly<Record<string, unknown>>;
export type Fault = NonNullable<ScenarioInput['faults']>[number];
export type Organization = NonNullable<ScenarioInput['organization']>;
export type Account = NonNullable<Organization['accounts']>[number];

/** The member account that owns every scene's targets. */
export const account = '156041421443';

/** Who is let in where administrators are shut out. */
export const pipeline = `arn:aws:iam::${account}:role/pipeline`;

/** A target with the policy that is on it. */
export interface Owned {
  readonly name: string;
  readonly policy: Policy | null;
}

/** All that the journeys must know of one root task: what its targets are, how they look locked, who touches them. */
export interface Scene {
  readonly task: RootTaskName;
  /** The service of the targets, as calls and faults name it. */
  readonly service: Fault['service'];
  /** Where the targets are: another Region than the stack's. */
  readonly region: string;
  /** The operations of the root session, in the order of a clean run: what finds the target, ... */
  readonly find: string;
  /** ... what reads its policy, ... */
  readonly read: string;
  /** ... and what removes it; with the IAM action that allows it. */
  readonly change: string;
  readonly changeAction: string;
  /** What is answered for a target that is not there. */
  readonly noSuchTarget: string;
  /** The name of the target of the n-th ticket. No two are the same, some begin like others. */
  nameOf(nth: number): string;
  /** A target as an approval gives it. */
  target(name: string, accountId?: string): Readonly<Record<string, unknown>>;
  /** A target as request ids have it. */
  path(name: string): string;
  /** What an account has that owns these. */
  owning(owned: readonly Owned[]): Partial<Account>;
  /** The policy that shuts out every administrator. */
  lockOut(name: string): Policy;
  /** The same in other words: its members in another order. */
  lockOutReworded(name: string): Policy;
  /** What an owner puts in its place, with which administrators can work. */
  repaired(name: string): Policy;
  /** The owner changes the policy, or takes it away. */
  ownerPuts(name: string, policy: Policy | null): Step;
  /** An administrator of the account asks for the policy: it shows who gets in. */
  administratorTries(name: string): Step;
  /** The policy on the target when the story is over; undefined where there is no such target. */
  policyAtTheEnd(organization: Answer['organization'], name: string): unknown;
}
