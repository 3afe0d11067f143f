import * as z from 'zod';

/**
 * What a root user has to sign in with, as it was read. Every answer has three values: present, absent, and unknown
 * with its reason. What could not be read is never taken for absent.
 */

/** The kinds of credentials, in the order in which they are deleted: none leaves the account weaker than it was. */
export const credentialKinds = ['accessKeys', 'signingCertificates', 'password', 'mfaDevices'] as const;
export type CredentialKind = (typeof credentialKinds)[number];
export const credentialKind = z.enum(credentialKinds, `expected one of ${credentialKinds.join(', ')}`);

const instant = z.iso.datetime();
const absent = z.strictObject({ state: z.literal('absent') });
const unknown = z.strictObject({ state: z.literal('unknown'), reason: z.string().min(1) });
export type Unknown = z.infer<typeof unknown>;

/** When a credential was last used; absent: never, as far as AWS remembers. */
const lastUse = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('present'),
    at: instant,
    service: z.string().nullable(),
    region: z.string().nullable(),
  }),
  absent,
  unknown,
]);
export type LastUse = z.infer<typeof lastUse>;

const password = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('present'), createdAt: instant.nullable(), lastUsed: lastUse }),
  absent,
  unknown,
]);

function listOf<Item extends z.ZodType>(item: Item) {
  return z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('present'), items: z.array(item).min(1) }),
    absent,
    unknown,
  ]);
}

const accessKey = z.strictObject({
  id: z.string(),
  status: z.string(),
  createdAt: instant.nullable(),
  lastUsed: lastUse,
});
const signingCertificate = z.strictObject({
  id: z.string(),
  status: z.string(),
  createdAt: instant.nullable(),
});
const mfaDevice = z.strictObject({
  /** The serial number: opaque. */
  id: z.string(),
  createdAt: instant.nullable(),
});
export type AccessKey = z.infer<typeof accessKey>;
export type SigningCertificate = z.infer<typeof signingCertificate>;
export type MfaDevice = z.infer<typeof mfaDevice>;

/** The account summary, as far as it is about root. Source: IAM API reference, GetAccountSummary. */
const accountSummary = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('present'),
    accessKeysPresent: z.int(),
    signingCertificatesPresent: z.int(),
    passwordPresent: z.int().nullable(),
    mfaEnabled: z.int(),
  }),
  unknown,
]);
export type AccountSummary = z.infer<typeof accountSummary>;

export const rootCredentials = z.strictObject({
  password,
  accessKeys: listOf(accessKey),
  signingCertificates: listOf(signingCertificate),
  mfaDevices: listOf(mfaDevice),
  /** Null where the task policy does not let root read it. */
  summary: accountSummary.nullable(),
});
export type RootCredentials = z.infer<typeof rootCredentials>;

/**
 * One credential by itself: what is deleted, kept or left. A password has no id of its own: the time it was made tells
 * it from one that was made since; null where AWS does not say.
 */
export const credential = z.strictObject({
  kind: credentialKind,
  id: z.string().nullable(),
  /** Of an MFA device: root's own has the same serial number each time it is made anew. */
  madeAt: instant.nullable().optional(),
});
export type Credential = z.infer<typeof credential>;

/** What an account comes to: something is there, nothing is, or nobody knows. */
export type CredentialClass = 'clean' | 'with-credentials' | 'unknown';

/** Something that is there outweighs what is unknown, and what is unknown outweighs everything that is not there. */
export function classOf(credentials: RootCredentials): CredentialClass {
  const states = credentialKinds.map((kind) => credentials[kind].state);
  if (states.includes('present')) return 'with-credentials';
  return states.includes('unknown') ? 'unknown' : 'clean';
}

/** Every credential that was read as present, in the order of deletion. */
export function credentialsIn(credentials: RootCredentials): Credential[] {
  const { accessKeys, mfaDevices, password: read, signingCertificates } = credentials;
  const ids = (kind: CredentialKind, list: { state: string; items?: readonly { id: string }[] }) =>
    (list.items ?? []).map(({ id }) => ({ kind, id }));
  return [
    ...ids('accessKeys', accessKeys),
    ...ids('signingCertificates', signingCertificates),
    ...(read.state === 'present' ? [{ kind: 'password' as const, id: read.createdAt }] : []),
    ...(mfaDevices.state === 'present' ? mfaDevices.items : []).map(({ createdAt, id }) => ({
      kind: 'mfaDevices' as const,
      id,
      madeAt: createdAt,
    })),
  ];
}

/** The kinds that could not be read, each with its reason. */
export function unknownIn(credentials: RootCredentials): { kind: CredentialKind; reason: string }[] {
  return credentialKinds.flatMap((kind) => {
    const read = credentials[kind];
    return read.state === 'unknown' ? [{ kind, reason: read.reason }] : [];
  });
}

/** Whether two stand for the same credential. */
export function sameCredential(one: Credential, other: Credential): boolean {
  return one.kind === other.kind && one.id === other.id && (one.madeAt ?? null) === (other.madeAt ?? null);
}

const words: Readonly<Record<CredentialKind, readonly [one: string, many: string]>> = {
  accessKeys: ['access key', 'access keys'],
  signingCertificates: ['signing certificate', 'signing certificates'],
  password: ['password', 'passwords'],
  mfaDevices: ['MFA device', 'MFA devices'],
};

/** The word for a kind in a sentence: "access key", "MFA devices". */
export function wordForKind(kind: CredentialKind, count = 1): string {
  const [one, many] = words[kind];
  return count === 1 ? one : many;
}

/** A credential in a sentence: "access key AKIA…", "the password". */
export function describeCredential({ kind, id }: Credential): string {
  return kind === 'password' || id === null ? `the ${wordForKind(kind)}` : `${wordForKind(kind)} ${id}`;
}
