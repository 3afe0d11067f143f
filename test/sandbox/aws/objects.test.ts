import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import * as f from './fixture.ts';

const Bucket = 'rootdesk-digests';
const Key = 'digests/2026-11-20.json';
const object = { Bucket, Key };
const day = 24 * 60 * 60 * 1000;

const worlds: f.World[] = [];
let world: f.World;
async function start(change: Partial<f.Bucket> = {}): Promise<void> {
  const [bucket] = f.deployment.buckets;
  if (bucket === undefined) throw new Error('the fixture has a bucket');
  world = await f.startWorld({ deployment: { ...f.deployment, buckets: [{ ...bucket, ...change }] } });
  worlds.push(world);
}
beforeEach(() => start());
afterEach(async () => {
  for (const one of worlds.splice(0)) await one.aws.close();
});

const writer = () => new S3Client(world.asRole(f.announceRole));
const person = (who: string = f.insider) => new S3Client(world.as(who));
const put = (more: Partial<PutObjectCommandInput> = {}, client = writer()) =>
  client.send(
    new PutObjectCommand({ ...object, Body: '{"heads":[]}', ContentType: 'application/json', ...more }),
  );
const bodyOf = async (client = person(), more: object = {}) =>
  (await client.send(new GetObjectCommand({ ...object, ...more }))).Body?.transformToString();

/** Lets a test change the headers that the SDK sends, before they are signed. */
function changing(client: S3Client, change: (headers: Record<string, string>) => void): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      change((args.request as { headers: Record<string, string> }).headers);
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'tamper' },
  );
  return client;
}

describe('an object', () => {
  it('comes back as it was stored, and is told with its bucket', async () => {
    const Metadata = { task: 'digest' };
    const stored = await put({ Metadata });
    expect(stored).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      VersionId: expect.stringMatching(/^[\w-]{32}$/),
      ServerSideEncryption: 'AES256',
      ChecksumCRC32: expect.any(String),
    });
    const read = await person().send(new GetObjectCommand(object));
    expect(await read.Body?.transformToString()).toBe('{"heads":[]}');
    const head = await person().send(new HeadObjectCommand(object));
    for (const answer of [read, head]) {
      expect(answer).toMatchObject({
        ContentType: 'application/json',
        ContentLength: 12,
        ETag: stored.ETag,
        VersionId: stored.VersionId,
        Metadata,
      });
    }
    expect(world.aws.storedObjects()).toEqual([
      { bucket: Bucket, key: Key, contentType: 'application/json', body: '{"heads":[]}' },
    ]);
  });

  it.each([
    ['text with signs of its own', 'Ünlocked ✔ <&>'],
    ['bytes', Buffer.from('bytes')],
  ])('may be %s', async (_, Body) => {
    await put({ Body });
    expect(await bodyOf()).toBe(Body.toString());
  });

  it('may be streamed, in chunks with their checksum behind them', async () => {
    const text = 'x'.repeat(200_000);
    const Body = Readable.from([Buffer.from(text.slice(0, 70_000)), Buffer.from(text.slice(70_000))]);
    await put({ Body, ContentLength: text.length });
    expect(await bodyOf()).toBe(text);
    const { ContentEncoding } = await person().send(new HeadObjectCommand(object));
    expect(ContentEncoding).toBeUndefined();
  });

  it('is listed by key, page by page', async () => {
    for (const name of ['b', 'a/2', 'a/1', 'a/3']) await put({ Key: name });
    const client = person();
    const first = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', MaxKeys: 2 }));
    expect(first.Contents?.map((one) => [one.Key, one.Size])).toEqual([
      ['a/1', 12],
      ['a/2', 12],
    ]);
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    const ContinuationToken = first.NextContinuationToken;
    const second = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', ContinuationToken }));
    expect(second.Contents?.map((one) => one.Key)).toEqual(['a/3']);
    expect(second.IsTruncated).toBe(false);
    expect((await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'c' }))).Contents).toBeUndefined();
  });

  it('is listed with encoded keys when the caller asks for it', async () => {
    await put({ Key: 'a b/c+d~é*' });
    const list = (EncodingType: 'url') =>
      person().send(new ListObjectsV2Command({ Bucket, Prefix: 'a b/', EncodingType }));
    const { Contents, Prefix, EncodingType } = await list('url');
    expect(Contents?.map((one) => one.Key)).toEqual(['a+b/c%2Bd%7E%C3%A9*']);
    expect([Prefix, EncodingType]).toEqual(['a+b/', 'url']);
    await expect(list('xml' as 'url')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('If-None-Match: *', () => {
  it('stores once; a second time the first stays', async () => {
    await put({ IfNoneMatch: '*' });
    await expect(put({ IfNoneMatch: '*', Body: 'other' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      message: 'At least one of the pre-conditions you specified did not hold',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await bodyOf()).toBe('{"heads":[]}');
  });

  it('lets one of many at once win', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => put({ IfNoneMatch: '*', Body: `${n}` })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes a delete marker for no object', async () => {
    await put();
    await person().send(new DeleteObjectCommand(object));
    await expect(put({ IfNoneMatch: '*' })).resolves.toBeDefined();
  });

  it('knows no other condition', async () => {
    await expect(put({ IfNoneMatch: '"abc"' })).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(put({ IfMatch: '"abc"' })).rejects.toThrow('does not model s3:PutObject with if-match');
  });
});

describe('versions under Object Lock', () => {
  it('are kept by the default of the bucket, which those see who may', async () => {
    await put();
    const before = world.clock.now();
    const head = await person().send(new HeadObjectCommand(object));
    expect(head.ObjectLockMode).toBe('GOVERNANCE');
    const until = head.ObjectLockRetainUntilDate?.getTime() ?? 0;
    expect(Math.abs(until - before - 30 * day)).toBeLessThan(60_000);
  });

  it('stay when the object is deleted: a marker hides them', async () => {
    const { VersionId } = await put();
    const marker = await person().send(new DeleteObjectCommand(object));
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await expect(bodyOf()).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(world.aws.storedObjects()).toEqual([]);
    expect(await bodyOf(person(), { VersionId })).toBe('{"heads":[]}');
    await expect(bodyOf(person(), { VersionId: marker.VersionId })).rejects.toMatchObject({
      name: 'MethodNotAllowed',
    });
    await person().send(new DeleteObjectCommand({ ...object, VersionId: marker.VersionId }));
    expect(await bodyOf()).toBe('{"heads":[]}');
  });

  it('are not deleted before their time, and are after it', async () => {
    const { VersionId } = await put();
    const removal = new DeleteObjectCommand({ ...object, VersionId });
    await expect(person().send(removal)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Access Denied because object protected by object lock.',
      $metadata: { httpStatusCode: 403 },
    });
    world.clock.advance(30 * day + 60_000);
    const later = new S3Client({ ...world.as(f.insider), systemClockOffset: world.clock.now() - Date.now() });
    await later.send(removal);
    expect(world.aws.storedObjects()).toEqual([]);
  });

  it('in governance mode yield to who may bypass it and says so', async () => {
    const { VersionId } = await put();
    const bypassing = { ...object, VersionId, BypassGovernanceRetention: true };
    await person().send(new DeleteObjectCommand(bypassing));
    expect(world.aws.storedObjects()).toEqual([]);
  });

  it('in governance mode hold against who says so and may not bypass it', async () => {
    const noBypass = { ...f.deny('s3:BypassGovernanceRetention', `${f.storeArn}/*`), Principal: '*' };
    await start({ policy: f.policy(noBypass) });
    const { VersionId } = await put();
    const bypassing = { ...object, VersionId, BypassGovernanceRetention: true };
    await expect(person().send(new DeleteObjectCommand(bypassing))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:BypassGovernanceRetention'),
    });
    expect(world.aws.storedObjects()).toHaveLength(1);
  });

  it('in compliance mode yield to nobody, root included', async () => {
    await start({ defaultRetention: { mode: 'COMPLIANCE', days: null, years: 1 } });
    const { VersionId } = await put();
    const bypassing = new DeleteObjectCommand({ ...object, VersionId, BypassGovernanceRetention: true });
    for (const who of [f.insider, `arn:aws:iam::${f.admin}:root`]) {
      await expect(person(who).send(bypassing)).rejects.toMatchObject({
        message: 'Access Denied because object protected by object lock.',
      });
    }
    const { ObjectLockRetainUntilDate } = await person().send(new HeadObjectCommand(object));
    expect(ObjectLockRetainUntilDate?.getUTCFullYear()).toBe(
      new Date(world.clock.now()).getUTCFullYear() + 1,
    );
  });

  it('need a digest with the body', async () => {
    const bare = changing(writer(), (headers) => {
      for (const name of Object.keys(headers)) if (/^x-amz-checksum-/i.test(name)) delete headers[name];
    });
    await expect(put({}, bare)).rejects.toMatchObject({
      name: 'InvalidRequest',
      message:
        'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    });
    expect(world.aws.storedObjects()).toEqual([]);
    await start({ defaultRetention: null });
    const unlocked = changing(writer(), (headers) => {
      for (const name of Object.keys(headers)) if (/^x-amz-checksum-/i.test(name)) delete headers[name];
    });
    await put({}, unlocked);
    expect(world.aws.storedObjects()).toHaveLength(1);
  });

  it.each([
    ['x-amz-checksum-crc32', 'AAAAAA=='],
    ['content-md5', 'AAAAAAAAAAAAAAAAAAAAAA=='],
  ])('need the right %s', async (name, value) => {
    const lying = changing(writer(), (headers) => Object.assign(headers, { [name]: value }));
    await expect(put({}, lying)).rejects.toMatchObject({ name: 'BadDigest' });
    expect(world.aws.storedObjects()).toEqual([]);
  });

  it('may come with another digest', async () => {
    await put({ ChecksumAlgorithm: 'SHA256' });
    expect(await bodyOf()).toBe('{"heads":[]}');
    await expect(put({ ChecksumAlgorithm: 'CRC32C' })).rejects.toThrow('checksums of the kind crc32c');
  });
});

test('a bucket without versions keeps the last of each key', async () => {
  await start({ versioned: false, defaultRetention: null });
  expect((await put({ Body: '1' })).VersionId).toBeUndefined();
  await put({ Body: '2' });
  expect(world.aws.storedObjects()).toMatchObject([{ body: '2' }]);
  await person().send(new DeleteObjectCommand(object));
  await expect(bodyOf()).rejects.toMatchObject({ name: 'NoSuchKey' });
});

describe('who may', () => {
  it('is said by the policy of the bucket, even to administrators of its account', async () => {
    await expect(put({}, person())).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${f.admin}:assumed-role/administrator/sandbox is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${Bucket}/${Key}" with an explicit deny in a resource-based policy`,
    });
    const question = { action: 's3:PutObject', resource: `${f.storeArn}/${Key}` };
    const inTheClear = { ...question, context: { 'aws:SecureTransport': 'false' } };
    expect(await world.aws.decide({ ...inTheClear, principalArn: f.announceRole })).toMatchObject({
      allowed: false,
    });
    expect(await world.aws.decide({ ...question, principalArn: f.insider })).toMatchObject({
      allowed: false,
    });
    expect(await world.aws.decide({ ...question, principalArn: f.announceRole })).toMatchObject({
      allowed: true,
    });
  });

  it('is said by the policies of the caller', async () => {
    await put();
    await expect(bodyOf(writer())).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows the s3:GetObject action'),
    });
    await expect(writer().send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      message: expect.stringContaining('s3:ListBucket'),
    });
    await expect(writer().send(new DeleteObjectCommand(object))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(bodyOf(person(f.outsider))).rejects.toMatchObject({ message: 'Access Denied' });
  });

  it('covers what is not there: who may not list is not told', async () => {
    const readsOnly = f.policy({ ...f.deny('s3:ListBucket', f.storeArn), Principal: '*' });
    await start({ policy: readsOnly });
    await expect(bodyOf()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:ListBucket'),
    });
  });

  it('covers the key of the bucket', async () => {
    const [key] = f.deployment.keys;
    await start({ encryption: 'aws:kms', keyArn: key?.arn ?? null });
    expect((await put()).ServerSideEncryption).toBe('aws:kms');
    expect(await bodyOf()).toBe('{"heads":[]}');
    const deployment = {
      ...f.deployment,
      keys: [
        { logicalId: 'Key', arn: f.keyArn, policy: f.policy({ ...f.deny('kms:*', '*'), Principal: '*' }) },
      ],
      buckets: f.deployment.buckets.map((bucket) => ({ ...bucket, keyArn: f.keyArn })),
    };
    const shut = await f.startWorld({ deployment });
    worlds.push(shut);
    await expect(put({}, new S3Client(shut.asRole(f.announceRole)))).rejects.toMatchObject({
      message: expect.stringContaining('kms:GenerateDataKey'),
    });
  });

  it("is judged with S3's own condition keys", async () => {
    const conditions = [
      { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      { Null: { 's3:if-none-match': 'true' } },
      { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    ];
    const statements = conditions.map((Condition) => ({
      ...f.deny('s3:PutObject', `${f.storeArn}/*`),
      Principal: '*',
      Condition,
    }));
    await start({ policy: f.policy(...statements) });
    await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
    await put({ IfNoneMatch: '*' });
    await expect(put({ Key: 'b', IfNoneMatch: '*', ServerSideEncryption: 'aws:kms' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a bucket of the stack', () => {
  it('is a bucket of its account, with a policy', async () => {
    const { Buckets } = await person().send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    const { Policy } = await person().send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy ?? '').Statement).toHaveLength(2);
  });

  it('lies in the Region of the stack', async () => {
    const elsewhere = new S3Client(world.as(f.insider, 'eu-north-1'));
    await expect(bodyOf(elsewhere)).rejects.toMatchObject({ name: 'PermanentRedirect' });
  });
});

it.each([
  ['s3:PutObject with x-amz-object-lock-mode', () => put({ ObjectLockMode: 'COMPLIANCE' })],
  ['s3:GetObject with range', () => bodyOf(person(), { Range: 'bytes=0-1' })],
  ['s3:GetObject with response-content-type', () => bodyOf(person(), { ResponseContentType: 'text/plain' })],
  [
    's3:ListObjectsV2 with delimiter',
    () => person().send(new ListObjectsV2Command({ Bucket, Delimiter: '/' })),
  ],
  [
    's3:POST /bucket?delete',
    () => person().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key }] } })),
  ],
  [
    "objects in a bucket that is not the stack's: project-prod-2",
    () => bodyOf(person(f.memberAdmin), { Bucket: 'project-prod-2' }),
  ],
])('says that it does not model %s', async (what, send) => {
  await expect(send()).rejects.toMatchObject({ message: `the sandbox does not model ${what}` });
});
