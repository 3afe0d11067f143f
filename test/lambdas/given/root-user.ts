import { IAMClient } from '@aws-sdk/client-iam';
import { RootUser } from '../../../lambdas/root-task/adapters/root-user.ts';
import { rootSession } from './lane.ts';
import { answering, awsError, type Sent } from './sent.ts';

export interface GivenKey {
  readonly id: string;
  readonly createdAt?: Date;
  /** Undefined: never, as far as IAM remembers. */
  readonly usedAt?: Date;
}
export interface GivenItem {
  readonly id: string;
  readonly createdAt?: Date;
}

export const virtualDevice = 'arn:aws:iam::156041421443:mfa/root-account-mfa-device';
export const madeLongAgo = new Date('2020-03-04T05:06:07.000Z');

const denial = (action: string) => awsError('AccessDenied', `no iam:${action} for you`, 403);
const none = () => awsError('NoSuchEntityException', 'There is none.', 404);

/** IAM of one account as its root user sees it, in memory: what it has, and what IAM answers instead of doing as told. */
export class GivenRootUser {
  /** When the password was made; undefined: IAM does not say; null: there is none. */
  password: Date | null | undefined = null;
  passwordUsed: Date | undefined;
  keys: GivenKey[] = [];
  certificates: GivenItem[] = [];
  devices: GivenItem[] = [];
  virtualDevicesLeft: string[] = [];
  /** What the summary says in the place of what is there. */
  summary: Record<string, number | undefined> = {};
  /** By the name of a call: the error that IAM answers it with. */
  readonly fails = new Map<string, Error>();
  /** A change after which, or before which, the function dies; once. */
  dies: { readonly at: string; readonly when: 'before' | 'after' } | null = null;
  /** How often the password is still read as it was before its last change. */
  showsLate = 0;
  /** Run before each change. */
  meanwhile: (change: string) => void = () => {};
  /** Items in a page of a list. */
  pageSize = 100;
  readonly sent: Sent[];
  readonly #happened: string[];
  #shown: Date | null | undefined = null;
  #late = 0;

  constructor(happened: string[] = []) {
    this.#happened = happened;
    this.sent = answering(IAMClient, (command, input) => this.#answer(command, Object(input)));
  }

  /** Through the adapter that the product uses. */
  get user(): RootUser {
    return new RootUser(rootSession, 'eu-central-1');
  }

  deny(...calls: string[]): this {
    for (const call of calls) this.fails.set(call, denial(call));
    return this;
  }

  /** A password, a key, a certificate, and two devices of which one is virtual. */
  hasEverything(): this {
    this.password = madeLongAgo;
    this.keys = [{ id: 'AKIA1', createdAt: madeLongAgo }];
    this.certificates = [{ id: 'CERT1', createdAt: madeLongAgo }];
    this.devices = [
      { id: virtualDevice, createdAt: madeLongAgo },
      { id: 'GAHT12345678', createdAt: madeLongAgo },
    ];
    return this;
  }

  /** Names of what is left. */
  get left(): string[] {
    const password = this.password === null ? [] : ['password'];
    return [...this.keys, ...this.certificates].map(({ id }) => id).concat(password, this.deviceIds);
  }

  get deviceIds(): string[] {
    return this.devices.map(({ id }) => id);
  }

  #answer(command: string, input: Record<string, string | undefined>): unknown {
    const call = command.replace(/Command$/, '');
    if (input.UserName !== undefined) throw new Error(`${call} names a user`);
    const failure = this.fails.get(call);
    if (failure !== undefined) throw failure;
    switch (call) {
      case 'GetLoginProfile':
        return this.#loginProfile();
      case 'GetUser':
        return { User: { PasswordLastUsed: this.passwordUsed } };
      case 'GetAccountSummary':
        return { SummaryMap: this.#summary() };
      case 'ListAccessKeys':
        return this.#page('AccessKeyMetadata', this.keys, input.Marker, ({ id, createdAt }) => ({
          AccessKeyId: id,
          CreateDate: createdAt,
          Status: 'Active',
        }));
      case 'ListSigningCertificates':
        return this.#page('Certificates', this.certificates, input.Marker, ({ id, createdAt }) => ({
          CertificateId: id,
          UploadDate: createdAt,
          Status: 'Inactive',
        }));
      case 'ListMFADevices':
        return this.#page('MFADevices', this.devices, input.Marker, ({ id, createdAt }) => ({
          SerialNumber: id,
          EnableDate: createdAt,
        }));
      case 'GetAccessKeyLastUsed':
        return this.#keyUse(input.AccessKeyId);
      default:
        return this.#change(call, Object.values(input).join(''));
    }
  }

  #loginProfile(): unknown {
    const shown = this.#late-- > 0 ? this.#shown : this.password;
    if (shown === null) throw none();
    return { LoginProfile: { CreateDate: shown } };
  }

  #summary() {
    return {
      AccountAccessKeysPresent: this.keys.length,
      AccountSigningCertificatesPresent: this.certificates.length,
      AccountPasswordPresent: this.password === null ? 0 : 1,
      AccountMFAEnabled: this.devices.length > 0 ? 1 : 0,
      ...this.summary,
    };
  }

  #page<Item>(
    name: string,
    items: readonly Item[],
    marker: string | undefined,
    shown: (item: Item) => object,
  ) {
    const from = Number(marker ?? 0);
    const to = from + this.pageSize;
    const isTruncated = to < items.length;
    return {
      [name]: items.slice(from, to).map(shown),
      IsTruncated: isTruncated,
      Marker: isTruncated ? String(to) : undefined,
    };
  }

  #keyUse(id: string | undefined): unknown {
    const key = this.keys.find((one) => one.id === id);
    if (key === undefined) throw none();
    return key.usedAt === undefined
      ? { AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } }
      : { AccessKeyLastUsed: { LastUsedDate: key.usedAt, ServiceName: 's3', Region: 'eu-west-1' } };
  }

  #change(call: string, id: string): unknown {
    const change = `${call} ${id}`.trim();
    this.meanwhile(change);
    this.#die(change, 'before');
    this.#happened.push(change);
    const answer = this.#changed(call, id);
    this.#die(change, 'after');
    return answer;
  }

  #changed(call: string, id: string): unknown {
    switch (call) {
      case 'DeleteAccessKey':
        return this.#without('keys', id);
      case 'DeleteSigningCertificate':
        return this.#without('certificates', id);
      case 'DeactivateMFADevice':
        if (id === virtualDevice) this.virtualDevicesLeft.push(id);
        return this.#without('devices', id);
      case 'DeleteVirtualMFADevice':
        this.virtualDevicesLeft = this.virtualDevicesLeft.filter((one) => one !== id);
        return {};
      case 'DeleteLoginProfile':
        if (this.password === null) throw none();
        return this.#setPassword(null);
      case 'CreateLoginProfile':
        if (this.password !== null) throw awsError('EntityAlreadyExistsException', 'There is one.', 409);
        return this.#setPassword(new Date('2026-11-20T10:00:00.000Z'));
      default:
        throw new Error(`nobody expected ${call}`);
    }
  }

  #without(list: 'keys' | 'certificates' | 'devices', id: string): unknown {
    const kept = this[list].filter((one) => one.id !== id);
    if (kept.length === this[list].length) throw none();
    this[list] = kept;
    return {};
  }

  #setPassword(to: Date | null): unknown {
    this.#shown = this.password;
    this.#late = this.showsLate;
    this.password = to;
    return {};
  }

  #die(change: string, when: 'before' | 'after'): void {
    if (this.dies?.at !== change || this.dies.when !== when) return;
    this.dies = null;
    throw awsError('TimeoutError', `died ${when} ${change}`);
  }
}
