import { requestIdOf } from '../../../contract/request-id.ts';
import type { OrganizationTask } from '../../../contract/root-tasks.ts';
import { organizationTarget } from '../../../contract/target.ts';
import type { CallRecord, FaultRequest } from '../../../sandbox/parts.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { openPlay, type Play } from '../ends-somewhere/play.ts';
import type { Step } from '../scenes/scene.ts';
import { entryOf } from '../scenes/ticket.ts';
import { type RunTold, toldOf } from './run-told.ts';

/** A ticket that asks for something across the organization. */
export interface Request {
  readonly id: string;
  readonly requestId: string;
  readonly task: OrganizationTask;
  /** Puts its approval on the bus, the same one each time. */
  readonly send: Step;
  /** The same, delivered so often at once. */
  sendOften(deliveries: number): Step;
}

interface Asked {
  readonly target?: {
    readonly excludedAccounts?: readonly string[];
    readonly organizationalUnitIds?: readonly string[];
  };
  readonly dryRun?: boolean;
  readonly [field: string]: unknown;
}

/** One world in which tickets for the whole organization come up, one after the other. */
export interface Desk {
  readonly play: Play;
  /** The next ticket comes up. An audit has one approver, a deletion two. */
  audit(asked?: Asked): Request;
  delete(asked?: Asked): Request;
  /** Plays steps under faults that are gone afterwards; gives the calls that were made meanwhile. */
  during(steps: readonly Step[], faults?: readonly FaultRequest[]): Promise<readonly CallRecord[]>;
  told(request: Pick<Request, 'id' | 'requestId'>): Promise<RunTold>;
  close(): Promise<void>;
}

/** The last of those who approve does so as the ticket comes up: after all that was done and could be read before. */
const secondsBefore = (now: number, seconds: number) => new Date(now - seconds * 1000).toISOString();

export async function openDesk(
  more: Partial<ScenarioInput>,
  onCall?: (call: CallRecord) => void,
): Promise<Desk> {
  const play = await openPlay(more, onCall);
  let tickets = 0;

  function ask(task: OrganizationTask, approvers: readonly string[], { target, ...asked }: Asked): Request {
    tickets += 1;
    const id = `RUN-${tickets}`;
    // Approvers read what has happened before they approve.
    play.world.clock.advance(1000);
    const now = play.world.clock.now();
    const approvals = approvers.map((approver, index) => ({
      approver,
      approvedAt: secondsBefore(now, approvers.length - 1 - index),
    }));
    const detail = {
      schemaVersion: '1',
      ticket: { system: 'jira', id, url: `https://acme.example/browse/${id}` },
      task,
      target: { organization: true as const, ...target },
      reason: 'Nobody needs root credentials any more',
      requestedBy: 'dev@example.com',
      approvals,
      dryRun: false,
      ...asked,
    };
    const sendOften = (deliveries: number): Step => ({
      putEvents: { as: 'ticketing', entry: entryOf(detail), deliveries },
    });
    return {
      id,
      task,
      requestId: requestIdOf(
        { ...detail, target: organizationTarget.parse(detail.target) },
        secondsBefore(now, 0),
      ),
      send: sendOften(1),
      sendOften,
    };
  }

  return {
    play,
    audit: (asked = {}) => ask('audit-root-credentials', ['lead@example.com'], asked),
    delete: (asked = {}) =>
      ask('delete-root-credentials', ['lead@example.com', 'second.lead@example.com'], asked),
    async during(steps, faults = []) {
      const { aws } = play.world;
      const before = aws.calls.length;
      play.faults(...faults);
      await play.play(...steps);
      play.faults();
      return aws.calls.slice(before);
    },
    told: async ({ id, requestId }) => toldOf(await play.answer(), id, requestId),
    close: () => play.close(),
  };
}

/** How often a root session was opened in each account. */
export function sessionsIn(calls: readonly CallRecord[]): Record<string, number> {
  const opened: Record<string, number> = {};
  for (const { error, operation, resource } of calls) {
    if (operation !== 'AssumeRoot' || error !== null) continue;
    const accountId = resource.split(':')[4] ?? resource;
    opened[accountId] = (opened[accountId] ?? 0) + 1;
  }
  return opened;
}
