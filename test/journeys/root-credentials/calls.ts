import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { LaneCall } from '../faults/lane-calls.ts';

/** An operation of a service, and how often a clean run calls it. */
type Calls = readonly (readonly [service: LaneCall['service'], operation: string, times: number])[];

/** The calls of every lane up to the root session, and when it has ended. */
const around = (chains: number, lookedUp: number, written: number): Calls => [
  ['dynamodb', 'Query', chains],
  ['dynamodb', 'GetItem', lookedUp],
  ['dynamodb', 'PutItem', written],
  ['dynamodb', 'UpdateItem', 1],
  ['ssm', 'GetParameter', 2],
  ['sts', 'AssumeRole', 1],
  ['sts', 'AssumeRoot', 1],
];

/** What reads the credentials of one who has so many keys; before a device goes, the password is looked at once more. */
const reads = (times: number, keys: number): Calls => [
  ['iam', 'GetLoginProfile', times + (times > 1 ? 1 : 0)],
  ['iam', 'GetUser', times + (times > 1 ? 1 : 0)],
  ['iam', 'ListAccessKeys', times],
  ['iam', 'GetAccessKeyLastUsed', keys],
  ['iam', 'ListSigningCertificates', times],
  ['iam', 'ListMFADevices', times],
];

/** Every AWS call that a lane makes in a part when nothing goes wrong. A test holds the list to what is called. */
const calls: Readonly<Record<string, Calls>> = {
  'audit-root-credentials': [...around(1, 1, 3), ...reads(1, 2), ['iam', 'GetAccountSummary', 1]],
  'delete-root-credentials': [
    ...around(1, 2, 5),
    ...reads(2, 2),
    ['iam', 'DeleteAccessKey', 2],
    ['iam', 'DeleteSigningCertificate', 1],
    ['iam', 'DeleteLoginProfile', 1],
    ['iam', 'DeactivateMFADevice', 2],
    ['iam', 'DeleteVirtualMFADevice', 1],
  ],
  'allow-root-password-recovery': [
    ...around(1, 2, 5),
    ['iam', 'GetLoginProfile', 2],
    ['iam', 'CreateLoginProfile', 1],
    ['scheduler', 'CreateSchedule', 1],
  ],
  'close-root-password-recovery': [
    // The chain of the opening, that of the closing, the opening's again for what it recorded, and openings after it.
    ...around(6, 2, 5),
    ...reads(2, 5),
    ['iam', 'DeleteAccessKey', 1],
    ['iam', 'DeleteSigningCertificate', 1],
    ['iam', 'DeleteLoginProfile', 1],
    ['iam', 'DeactivateMFADevice', 1],
  ],
};

export type Call = Omit<LaneCall, 'what'>;

/** One by one: `nth` counts the calls of its operation. */
export function callsOfACleanRun(task: string): Call[] {
  return (calls[task] ?? []).flatMap(([service, operation, times]) =>
    Array.from({ length: times }, (_, index) => ({ service, operation, nth: index + 1 })),
  );
}

/** The lanes' own principals: their functions, their task roles, and root of the member account. */
const principals =
  /assumed-role\/[^/]*RootCredentials(?:Function|TaskRole)|assumed-role\/[^/]*PasswordRecovery|:root$/;

/** Its calls in a story, as the lists above have them. */
export function laneCalls({ calls: made }: Answer): Call[] {
  const seen = new Map<string, number>();
  return made.flatMap(({ principal, service, operation }) => {
    if (!principals.test(principal)) return [];
    const nth = (seen.get(operation) ?? 0) + 1;
    seen.set(operation, nth);
    return [{ service: service as Call['service'], operation, nth }];
  });
}
