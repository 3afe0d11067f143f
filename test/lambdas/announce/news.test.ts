import { newsOf, newsOfListed } from '../../../lambdas/announce/news.ts';
import { resealed } from '../given/announcing.ts';
import { givenEnding, givenRecord, givenTrail } from '../given/records.ts';
import { givenIndexedTrail } from '../given/table-with-index.ts';

describe('news of the stream', () => {
  it('is remembered by the entry\u2019s place and hash', async () => {
    const { ending } = await givenEnding();
    expect(newsOf(givenRecord(ending))).toMatchObject({
      kind: 'ended',
      mark: { entry: `${ending.requestId}#3`, hash: ending.hash },
    });
  });

  it('is none where one account of a run has ended: the run speaks for it', async () => {
    const { ending } = await givenEnding();
    const run = 'jira/sec-1/audit-root-credentials/organization/2026-11-20T09:58:00.000Z';
    const ofAccount = resealed(ending, { requestId: `${run}/accounts/156041421443` });
    expect(newsOf(givenRecord(ofAccount))).toBeNull();
    expect(newsOf(givenRecord(resealed(ending, { requestId: run })))).toMatchObject({ kind: 'ended' });
    // One that somebody has touched is told like any other.
    expect(newsOf(givenRecord({ ...ofAccount, summary: 'All is well.' }))).toMatchObject({
      kind: 'tampering',
    });
    expect(newsOf(givenRecord(ofAccount, { eventName: 'REMOVE' }))).toMatchObject({ kind: 'tampering' });
  });

  it('of an entry that was put and is none is remembered by its place', () => {
    expect(newsOf(givenRecord({ requestId: 'r', sequence: 1 }))).toMatchObject({
      kind: 'tampering',
      mark: { entry: 'r#1' },
    });
  });

  it('of each change and removal is remembered by itself: the same entry may be changed twice', async () => {
    const { ending } = await givenEnding();
    const marks = ['1', '2'].map(
      (sequenceNumber) => newsOf(givenRecord(ending, { eventName: 'MODIFY', sequenceNumber }))?.mark.entry,
    );
    expect(marks).toEqual(['stream#1', 'stream#2']);
  });
});

describe('news of an ending that the trail lists', () => {
  let given: Awaited<ReturnType<typeof givenIndexedTrail>>;
  beforeAll(async () => {
    given = await givenIndexedTrail();
    for (const entry of await givenTrail()) await given.put(entry);
  });
  afterAll(() => given.close());

  it('is the same as the stream\u2019s', async () => {
    const { ending } = await givenEnding();
    expect(await newsOfListed(given.trail, ending)).toEqual(newsOf(givenRecord(ending)));
  });

  it('is tampering where it is gone, changed, or none', async () => {
    const { ending } = await givenEnding();
    const { requestId } = ending;
    await given.put({ ...ending, sequence: 4 });
    await given.put({ requestId, sequence: 5 });
    const found = await Promise.all(
      [4, 5, 6].map((sequence) => newsOfListed(given.trail, { requestId, sequence })),
    );
    expect(found).toMatchObject([
      { kind: 'tampering', what: 'has a hash that does not cover it' },
      { kind: 'tampering', what: 'is not an entry that rootdesk writes' },
      { kind: 'tampering', what: 'is gone', mark: { entry: `${requestId}#6` } },
    ]);
  });

  it('is none where the entry ends nothing', async () => {
    const { ending } = await givenEnding();
    expect(await newsOfListed(given.trail, { requestId: ending.requestId, sequence: 1 })).toBeNull();
  });
});
