import * as z from 'zod';
import { accountId } from '../../contract/account-id.ts';
import { duration } from '../../contract/duration.ts';
import { queueArn } from '../../contract/queue-arn.ts';
import { accessKeyId, certificateId, mfaSerialNumber } from './root-user-schema.ts';

/** The people of a story who act on the product: see `principals.ts`. */
export const actors = ['ticketing', 'insider', 'colleague', 'stranger'] as const;
export type Actor = (typeof actors)[number];

const actor = z.enum(actors, `expected one of ${actors.join(', ')}`);
const text = (example: string) =>
  z.string(`expected text, for example "${example}"`).min(1, 'expected some text');

function isJson(policyText: string): boolean {
  try {
    JSON.parse(policyText);
    return true;
  } catch {
    return false;
  }
}

/** A policy as an object, as the text that AWS would give, or null for none. */
export const policy = z.union(
  [z.looseObject({}), z.string().refine(isJson, 'expected a policy document as JSON text'), z.null()],
  'expected a policy document, its text, or null',
);

export const policyDocument = z.looseObject({ Statement: z.unknown() }, 'expected a policy document');

/** Source: AWS Organizations API Reference, `Account.State`. */
const states = ['PENDING_ACTIVATION', 'ACTIVE', 'SUSPENDED', 'PENDING_CLOSURE', 'CLOSED'] as const;
export const state = z.enum(states, `expected one of ${states.join(', ')}`);

/** An entry as PutEvents takes it. A Detail that is not text is turned into JSON; the bus is filled in. */
const entry = z.strictObject({
  Source: z.string('expected text, for example "acme.tickets"').optional(),
  DetailType: z.string('expected text, for example "Root Task Approved"').optional(),
  Detail: z.unknown().optional(),
  EventBusName: z.string('expected the name or ARN of a bus').optional(),
  Time: z.iso
    .datetime({ offset: true, error: 'expected a time, for example "2026-11-20T10:00:00Z"' })
    .optional(),
  Resources: z.array(z.string(), 'expected a list of ARNs').optional(),
});
export type Entry = z.infer<typeof entry>;

/** How much time may pass on the sandbox's clock before the next step; retries that are due later stay due. */
const settleFor = duration.optional();

const putEvents = z
  .strictObject({
    as: actor,
    entry: entry.optional(),
    entries: z.array(entry, 'expected a list of entries').min(1, 'expected at least one entry').optional(),
    deliveries: z
      .int('expected a whole number, for example 2')
      .min(1, 'expected at least 1')
      .max(1000, 'expected at most 1000')
      .default(1),
    settleFor,
  })
  .refine((step) => (step.entry === undefined) !== (step.entries === undefined), {
    error: 'expected either "entry" or "entries"',
  });

const invoke = z.strictObject({
  as: actor,
  function: text('unlock-s3-bucket'),
  event: z.unknown(),
  settleFor,
});

const principalArn = /^arn:[a-z-]+:(?:iam|sts)::\d{12}:.+$/;

const putBucketPolicy = z.strictObject({ accountId, bucketName: text('project-prod-1'), policy });

const putQueuePolicy = z.strictObject({ queueArn, policy });

const actorOrArn = `one of ${actors.join(', ')}, or the ARN of a principal`;

const actorOrPrincipal = z
  .string(`expected ${actorOrArn}`)
  .refine((who) => actors.some((one) => one === who) || principalArn.test(who), `expected ${actorOrArn}`);

const setParameter = z.strictObject({
  as: actorOrPrincipal,
  value: text('stopped'),
  name: text('/rootdesk/switch').optional(),
});

const redrive = z.strictObject({ as: actorOrPrincipal, queue: text('parking') });

const tryStep = z.strictObject({
  accountId,
  as: z
    .string('expected "admin" or the ARN of a principal')
    .refine((who) => who === 'admin' || principalArn.test(who), 'expected "admin" or the ARN of a principal'),
  action: z
    .string('expected an IAM action, for example "s3:GetBucketPolicy"')
    .regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/, 'expected an IAM action, for example "s3:GetBucketPolicy"'),
  resource: text('arn:aws:s3:::project-prod-1'),
  context: z
    .record(
      z.string(),
      z.union([z.string(), z.array(z.string())]),
      'expected condition keys with their values',
    )
    .optional(),
});

const credentials = ['password', 'accessKey', 'mfaDevice', 'signingCertificate'] as const;

const createRootCredential = z
  .strictObject({
    accountId,
    password: z.literal(true, 'expected true').optional(),
    accessKey: z.strictObject({ id: accessKeyId }, 'expected a key with an id').optional(),
    mfaDevice: z
      .strictObject({ serialNumber: mfaSerialNumber }, 'expected a device with a serialNumber')
      .optional(),
    signingCertificate: z.strictObject({ id: certificateId }, 'expected a certificate with an id').optional(),
  })
  .refine((given) => credentials.filter((kind) => given[kind] !== undefined).length === 1, {
    error: `expected exactly one of ${credentials.join(', ')}`,
  });

/** Without a key it is the password that is used. */
const useRootCredential = z.strictObject({ accountId, accessKeyId: accessKeyId.optional() });

const changeAccount = z
  .strictObject({
    accountId,
    state: state.optional(),
    serviceControlPolicies: z.array(policyDocument, 'expected a list').optional(),
  })
  .refine((given) => given.state !== undefined || given.serviceControlPolicies !== undefined, {
    error: 'expected "state" or "serviceControlPolicies"',
  });

const kinds = [
  'putEvents',
  'invoke',
  'advanceClock',
  'putBucketPolicy',
  'putQueuePolicy',
  'setParameter',
  'redrive',
  'createRootCredential',
  'useRootCredential',
  'changeAccount',
  'try',
] as const;

/** One step: an object with exactly one key, which says what is done. */
export const step = z
  .strictObject(
    {
      putEvents: putEvents.optional(),
      invoke: invoke.optional(),
      advanceClock: duration.optional(),
      putBucketPolicy: putBucketPolicy.optional(),
      putQueuePolicy: putQueuePolicy.optional(),
      setParameter: setParameter.optional(),
      redrive: redrive.optional(),
      createRootCredential: createRootCredential.optional(),
      useRootCredential: useRootCredential.optional(),
      changeAccount: changeAccount.optional(),
      try: tryStep.optional(),
    },
    {
      error: (issue) =>
        issue.code === 'invalid_type' ? `expected a step: one of ${kinds.join(', ')}` : undefined,
    },
  )
  .refine((value) => Object.keys(value).length === 1, {
    error: `expected exactly one of ${kinds.join(', ')}`,
  });

export type Step = z.infer<typeof step>;
