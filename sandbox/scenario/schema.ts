import * as z from 'zod';
import { accountId } from '../../contract/account-id.ts';
import { switchValues } from '../../contract/switch.ts';
import { fault, services } from './fault-schema.ts';
import { mfaSerialNumber, rootUser } from './root-user-schema.ts';
import { policy, policyDocument, state, step } from './steps-schema.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item, 'expected a list').default([]);
const name = (example: string) =>
  z.string(`expected text, for example "${example}"`).min(1, 'expected some text');

const region = z
  .string('expected a Region, for example "eu-north-1"')
  .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'expected a Region, for example "eu-north-1"');

const organizationalUnitId = z
  .string('expected the id of an organizational unit, for example "ou-root-prod"')
  .regex(
    /^ou-[0-9a-z]{4,32}-[0-9a-z]{4,32}$/,
    'expected the id of an organizational unit, for example "ou-root-prod"',
  );

const organizationalUnit = z.strictObject({
  id: organizationalUnitId,
  name: name('Production'),
  parentId: organizationalUnitId.optional(),
});

const account = z.strictObject({
  id: accountId,
  name: z.string('expected text').optional(),
  email: z.string('expected text').optional(),
  state: state.default('ACTIVE'),
  organizationalUnitId: organizationalUnitId.optional(),
  serviceControlPolicies: list(policyDocument),
  buckets: list(z.strictObject({ name: name('project-prod-1'), region, policy: policy.default(null) })),
  queues: list(z.strictObject({ name: name('orders'), region, policy: policy.default(null) })),
  rootUser: rootUser.optional(),
  unassignedMfaDevices: z
    .array(z.strictObject({ serialNumber: mfaSerialNumber }), 'expected a list')
    .optional(),
});

const share = z
  .number('expected a share, for example 0.05')
  .min(0, 'expected 0 or more')
  .max(1, 'expected at most 1');

/** Accounts that nobody has to write; shares are of these accounts. */
const generate = z.strictObject(
  {
    accounts: z
      .int('expected a whole number, for example 1000')
      .min(0, 'expected 0 or more')
      .max(50_000, 'expected at most 50000'),
    seed: z.int('expected a whole number, for example 7').default(1),
    withPassword: share.default(0.1),
    withAccessKeys: share.default(0.05),
    withMfa: share.default(0.08),
    withSigningCertificates: share.default(0.01),
    suspended: share.default(0.01),
    deniedByScp: share.default(0.01),
  },
  'expected an object with the number of accounts',
);

const features = ['RootSessions', 'RootCredentialsManagement'] as const;

const organization = z.strictObject(
  {
    managementAccountId: accountId.prefault('111111111111'),
    delegatedAdminAccountId: accountId.prefault('222222222222'),
    features: z
      .array(z.enum(features, `expected ${features.join(' or ')}`), 'expected a list of features')
      .default([...features]),
    trustedAccess: z.boolean('expected true or false').default(true),
    accounts: list(account).refine(
      (accounts) => new Set(accounts.map(({ id }) => id)).size === accounts.length,
      'expected each account id once',
    ),
    organizationalUnits: z
      .array(organizationalUnit, 'expected a list')
      .refine(
        (units) => new Set(units.map(({ id }) => id)).size === units.length,
        'expected each organizational unit id once',
      )
      .optional(),
    generate: generate.optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'expected an organization' : undefined) },
);

const milliseconds = z.number('expected milliseconds, for example 20').min(0, 'expected 0 or more');

/** A story: an organization, what goes wrong, and what people do. README and docs describe it for its readers. */
export const scenario = z.strictObject({
  $schema: z.string().optional(),
  organization: organization.prefault({}),
  settings: z.record(z.string(), z.unknown(), 'expected settings as an object').default({}),
  now: z.iso
    .datetime({ offset: true, error: 'expected a time, for example "2026-11-20T10:00:00Z"' })
    .optional(),
  faults: list(fault),
  latencyMs: z.partialRecord(z.enum([...services, 'default']), milliseconds).default({}),
  rootTasks: z.enum(switchValues, 'expected running or stopped').default('running'),
  subscriptions: z.enum(['confirmed', 'pending'], 'expected confirmed or pending').default('confirmed'),
  showsAfterMs: z
    .strictObject({ s3: milliseconds.default(0), sqs: milliseconds.default(0) }, 'expected an object')
    .prefault({}),
  steps: z.array(step, 'expected a list of steps'),
});

export type Scenario = z.output<typeof scenario>;
/** A scenario as a file gives it, before defaults are filled in. */
export type ScenarioInput = z.input<typeof scenario>;
