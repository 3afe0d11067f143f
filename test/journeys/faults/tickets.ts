import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { answerOf } from '../../../sandbox/scenario/answer.ts';
import { playStep, type Stage } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import { expectNoSecrets } from '../expect-no-secrets.ts';
import { account, approval, lockOut, now, send } from '../given.ts';
import type { Fault } from './lane-calls.ts';

/** One world in which ticket after ticket unlocks a bucket of its own: faster than a world for each. */
export interface Tickets {
  /** Sends an approval while these faults happen, and tells what that one came to. */
  unlockUnder(faults: Fault[]): Promise<Answer>;
  close(): Promise<void>;
}

const bucketsAtMost = 60;
const bucketOf = (ticket: number) => `project-prod-${ticket}`;
const region = 'eu-north-1';

function organization() {
  const names = Array.from({ length: bucketsAtMost }, (_, index) => bucketOf(index + 1));
  const buckets = names.map((name) => ({ name, region, policy: lockOut(name) }));
  return { accounts: [{ id: account, buckets }] };
}

/** The approval of a ticket, given now. */
function approvalOf(ticket: number, { world }: Stage) {
  const id = `SEC-${ticket}`;
  return approval({
    ticket: { system: 'jira', id, url: `https://acme.example/browse/${id}` },
    target: { accountId: account, bucketName: bucketOf(ticket) },
    approvals: [{ approver: 'lead@example.com', approvedAt: new Date(world.clock.now()).toISOString() }],
  });
}

/** How much of each list was there at some moment. */
type Marks = Readonly<Record<'calls' | 'deadLetters' | 'logs' | 'notifications' | 'outcomes', number>>;

function marksOf(answer: Answer): Marks {
  const { calls, deadLetters, logs, notifications, outcomes } = answer;
  return {
    calls: calls.length,
    deadLetters: deadLetters.length,
    logs: logs.length,
    notifications: notifications.length,
    outcomes: outcomes.length,
  };
}

/** What has come since: an answer in which only the one ticket's bucket, entries, messages and calls are. */
function since(before: Marks, after: Answer, ticket: number): Answer {
  const [member, ...others] = after.organization.accounts;
  if (member === undefined || others.length > 0) throw new Error('one account was given');
  const buckets = member.buckets.filter(({ name }) => name === bucketOf(ticket));
  return {
    ...after,
    organization: { ...after.organization, accounts: [{ ...member, buckets }] },
    trail: after.trail.filter(({ requestId }) => requestId.startsWith(`jira/sec-${ticket}/`)),
    notifications: after.notifications.slice(before.notifications),
    outcomes: after.outcomes.slice(before.outcomes),
    deadLetters: after.deadLetters.slice(before.deadLetters),
    calls: after.calls.slice(before.calls),
    logs: after.logs.slice(before.logs),
  };
}

export async function openTickets(): Promise<Tickets> {
  const scenario = parseScenario({ now, organization: organization(), steps: [] });
  const stage = await setStage(scenario);
  const { world } = stage;
  let ticket = 0;
  return {
    async unlockUnder(faults) {
      ticket += 1;
      const before = marksOf(await answerOf(scenario, world, []));
      world.aws.setFaults(faults.map((fault) => ({ times: 1, ...fault })));
      await playStep(stage, parseScenario({ steps: [send(approvalOf(ticket, stage))] }).steps[0] ?? {});
      return since(before, await answerOf(scenario, world, []), ticket);
    },
    async close() {
      expectNoSecrets(await answerOf(scenario, world, []), world.aws.issuedCredentials());
      await world.close();
    },
  };
}
