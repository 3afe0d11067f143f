import {
  type AccessKeyLastUsed,
  CreateLoginProfileCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  DeleteVirtualMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam';
import { clientDefaults } from '../../aws-clients.ts';
import { nameOfError } from '../../aws-errors.ts';
import type { RootSession } from './root-sessions.ts';

/**
 * The root user of one account, through a root session. No call names a user: with a name, IAM means an IAM user, which
 * every task policy denies. Source: the task policies; IAM API reference, "UserName" of each call.
 */
export class RootUser {
  readonly #iam: IAMClient;

  constructor({ clients, credentials }: RootSession, region: string) {
    // IAM throttles each account by itself, and does not say at what rate: the client finds it out as it goes.
    this.#iam = clients.keep(
      new IAMClient({
        ...clientDefaults,
        region,
        credentials: credentials.provider,
        retryMode: 'adaptive',
        maxAttempts: 5,
      }),
    );
  }

  /** When the password was made; null where there is none. */
  async loginProfile(): Promise<{ readonly createdAt: Date | undefined } | null> {
    const answer = await orNone(this.#iam.send(new GetLoginProfileCommand({})));
    return answer === null ? null : { createdAt: answer.LoginProfile?.CreateDate };
  }

  async passwordLastUsed(): Promise<Date | undefined> {
    return (await this.#iam.send(new GetUserCommand({}))).User?.PasswordLastUsed;
  }

  async summary(): Promise<Readonly<Record<string, number | undefined>>> {
    return (await this.#iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {};
  }

  accessKeys() {
    return pages(async (Marker) => {
      const page = await this.#iam.send(new ListAccessKeysCommand({ Marker }));
      return { items: page.AccessKeyMetadata, next: page.IsTruncated ? page.Marker : undefined };
    });
  }

  signingCertificates() {
    return pages(async (Marker) => {
      const page = await this.#iam.send(new ListSigningCertificatesCommand({ Marker }));
      return { items: page.Certificates, next: page.IsTruncated ? page.Marker : undefined };
    });
  }

  mfaDevices() {
    return pages(async (Marker) => {
      const page = await this.#iam.send(new ListMFADevicesCommand({ Marker }));
      return { items: page.MFADevices, next: page.IsTruncated ? page.Marker : undefined };
    });
  }

  /** Null where there is no such key any more. */
  async accessKeyLastUsed(AccessKeyId: string): Promise<Partial<AccessKeyLastUsed> | null> {
    const answer = await orNone(this.#iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })));
    return answer === null ? null : (answer.AccessKeyLastUsed ?? {});
  }

  /** Without a password: it only allows to set one by recovery. Source: IAM User Guide, "Allow password recovery". */
  async createLoginProfile(): Promise<'created' | 'is-there'> {
    try {
      await this.#iam.send(new CreateLoginProfileCommand({}));
      return 'created';
    } catch (error) {
      if (nameOfError(error).startsWith('EntityAlreadyExists')) return 'is-there';
      throw error;
    }
  }

  async deleteLoginProfile(): Promise<void> {
    await orNone(this.#iam.send(new DeleteLoginProfileCommand({})));
  }

  async deleteAccessKey(AccessKeyId: string): Promise<void> {
    await orNone(this.#iam.send(new DeleteAccessKeyCommand({ AccessKeyId })));
  }

  async deleteSigningCertificate(CertificateId: string): Promise<void> {
    await orNone(this.#iam.send(new DeleteSigningCertificateCommand({ CertificateId })));
  }

  async deactivateMfaDevice(SerialNumber: string): Promise<void> {
    await orNone(this.#iam.send(new DeactivateMFADeviceCommand({ SerialNumber })));
  }

  async deleteVirtualMfaDevice(SerialNumber: string): Promise<void> {
    await orNone(this.#iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
  }
}

/** What is not there (any more) is an answer; it is what a deletion was for. */
async function orNone<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (nameOfError(error).startsWith('NoSuchEntity')) return null;
    throw error;
  }
}

async function pages<Item>(
  page: (marker: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let marker: string | undefined;
  do {
    const { items, next } = await page(marker);
    all.push(...(items ?? []));
    marker = next;
  } while (marker !== undefined);
  return all;
}
