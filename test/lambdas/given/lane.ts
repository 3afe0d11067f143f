import { isDeepStrictEqual } from 'node:util';
import { accountId } from '../../../contract/account-id.ts';
import type { Power } from '../../../lambdas/root-task/adapters/kill-switch.ts';
import { SealedCredentials } from '../../../lambdas/root-task/adapters/root-credentials.ts';
import type {
  RootSession,
  SessionDenied,
  TaskRole,
} from '../../../lambdas/root-task/adapters/root-sessions.ts';
import { SessionClients } from '../../../lambdas/root-task/adapters/session-clients.ts';
import type { Turn } from '../../../lambdas/root-task/adapters/target-locks.ts';
import type { Lane } from '../../../lambdas/root-task/lane.ts';
import type { AuditTrail } from '../../../lambdas/shared/trail.ts';
import { AuditTrail as Trail } from '../../../lambdas/shared/trail.ts';
import { givenSettings, now } from './request.ts';
import { strict } from './strict.ts';
import { TrailTable } from './table.ts';

const credentials = new SealedCredentials({
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'never-to-be-seen',
  sessionToken: 'never-to-be-seen-either',
  expiration: new Date('2026-11-20T10:01:00.000Z'),
});

export const taskRole: TaskRole = {
  kind: 'task-role',
  credentials,
  sourceIdentity: 'SEC-1234.0123456789abcdef',
  sessionName: 'rd-0123456789abcdef',
};

export const rootSession: RootSession = {
  kind: 'root-session',
  accountId: '156041421443',
  credentials,
  clients: new SessionClients(),
  record: {
    accessKeyId: 'ASIAEXAMPLE',
    taskPolicy: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
    expiresAt: '2026-11-20T10:01:00.000Z',
    sourceIdentity: taskRole.sourceIdentity,
    sessionName: taskRole.sessionName,
  },
};

export const denied = (message: string, hop: SessionDenied['hop'] = 'root', errorName = 'AccessDenied') =>
  ({ kind: 'denied', hop, errorName, message }) as const;

/** A lane in memory that notes, in order, everything that leaves a mark or opens something. */
export class GivenLane {
  readonly happened: string[] = [];
  readonly logged: unknown[] = [];
  readonly table = new TrailTable();
  readonly trail: AuditTrail = new Trail(this.table.client, 'AuditTrail');
  readonly turns = new Map<string, Turn>();
  time = now.getTime();
  role: TaskRole | SessionDenied = taskRole;
  session: RootSession | SessionDenied = rootSession;
  organization: Partial<Lane['organization']> = {};
  settings = givenSettings();
  /** Run whenever the lane waits: what others do meanwhile. */
  meanwhile: () => void = () => {};
  /** What the next readings of the kill switch say; after them it is running. */
  powers: Power[] = [];
  run = 'run-1';

  constructor() {
    this.table.beforePut = ({ kind }) => this.happened.push(`record ${kind}`);
  }

  get lane(): Lane {
    return {
      settings: this.settings,
      settingsDigest: 'd'.repeat(64),
      region: 'eu-central-1',
      ownAccountId: accountId.parse('222222222222'),
      version: '0.1.0',
      invocation: { functionName: 'lane', requestId: this.run },
      trail: this.trail,
      logger: this.#logger(),
      clock: { now: () => new Date(this.time), sleep: async (milliseconds) => this.#sleep(milliseconds) },
      deliveryLock: strict<Lane['deliveryLock']>('deliveryLock', { holding: async (_, run) => run() }),
      targetLocks: strict<Lane['targetLocks']>('targetLocks', {
        read: async (path) => this.turns.get(path) ?? null,
        take: async (path, previous, next) => this.#take(path, previous, next),
      }),
      rootSessions: strict<Lane['rootSessions']>('rootSessions', {
        assumeTaskRole: async () => this.role,
        assumeRoot: async () => {
          this.happened.push('assume root');
          return this.session;
        },
      }),
      organization: strict<Lane['organization']>('organization', this.organization),
      killSwitch: strict<Lane['killSwitch']>('killSwitch', {
        read: async () => this.powers.shift() ?? { kind: 'running' },
      }),
    };
  }

  /** Kinds of a request's entries, in the order of its chain. */
  get kinds(): string[] {
    return this.table.entries.map(({ kind }) => kind);
  }

  #sleep(milliseconds: number): void {
    this.happened.push(`wait ${milliseconds}`);
    this.time += milliseconds;
    this.meanwhile();
  }

  #take(path: string, previous: Turn | null, next: Omit<Turn, 'id'>): boolean {
    if (!isDeepStrictEqual(this.turns.get(path) ?? null, previous)) return false;
    this.happened.push('take turn');
    this.turns.set(path, { ...next, id: path });
    return true;
  }

  #logger(): Lane['logger'] {
    const log = (...line: unknown[]) => {
      this.logged.push(line);
    };
    return { info: log, warn: log, error: log, appendKeys: log };
  }
}
