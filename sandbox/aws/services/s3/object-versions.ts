import { randomBytes } from 'node:crypto';

export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  /** Sandbox time in milliseconds. */
  readonly until: number;
}

export interface ObjectContent {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  /** Further headers that come back with the object: metadata, encoding, checksum. */
  readonly headers: Readonly<Record<string, string>>;
  readonly retention: Retention | null;
}

export interface Version {
  readonly key: string;
  readonly versionId: string;
  /** Sandbox time in milliseconds. */
  readonly modifiedAt: number;
  /** Null for a delete marker. */
  readonly content: ObjectContent | null;
}

/** The objects of one bucket, each with its versions. */
export interface ObjectVersions {
  put(key: string, content: ObjectContent, at: number): Version;
  /** Deletes without a version: a marker where versions are kept, or the object itself; the marker, if there is one. */
  markDeleted(key: string, at: number): Version | null;
  remove(version: Version): void;
  /** The newest version, be it a delete marker; or that of this id. */
  find(key: string, versionId?: string): Version | undefined;
  /** The objects that are there now, in the order of their keys' bytes. */
  listed(): readonly (ObjectContent & Omit<Version, 'content'>)[];
}

export function createObjectVersions(versioned: boolean): ObjectVersions {
  let versions: Version[] = [];

  const others = (key: string) => versions.filter((one) => one.key !== key);
  const newest = (key: string) => versions.findLast((one) => one.key === key);
  function add(key: string, content: ObjectContent | null, modifiedAt: number): Version {
    const versionId = versioned ? randomBytes(24).toString('base64url') : 'null';
    const version = { key, versionId, modifiedAt, content };
    versions = [...(versioned ? versions : others(key)), version];
    return version;
  }

  return {
    put: add,
    markDeleted(key, at) {
      if (versioned) return add(key, null, at);
      versions = others(key);
      return null;
    },
    remove(version) {
      versions = versions.filter((one) => one !== version);
    },
    find: (key, versionId) =>
      versionId === undefined
        ? newest(key)
        : versions.find((one) => one.key === key && one.versionId === versionId),
    listed: () =>
      [...new Set(versions.map(({ key }) => key))]
        .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .flatMap((key) => {
          const { content = null, ...version } = newest(key) ?? {};
          return content === null || !('versionId' in version) ? [] : { ...version, ...content };
        }),
  };
}
