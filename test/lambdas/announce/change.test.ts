import { entryHash } from '../../../contract/trail-entry.ts';
import { changeOf } from '../../../lambdas/announce/change.ts';
import { givenEnding, givenRecord, givenTrail } from '../given/records.ts';

describe('a record of the trail\u2019s stream', () => {
  it('is a step or an ending, as the entry says', async () => {
    const changes = (await givenTrail()).map((entry) => changeOf(givenRecord(entry)).kind);
    expect(changes).toEqual(['step', 'step', 'ending']);
    expect(changeOf(givenRecord((await givenEnding({})).ending))).toMatchObject({
      kind: 'ending',
      entry: { ending: 'refused' },
    });
  });

  it.each([
    ['MODIFY', 'was changed'],
    ['REMOVE', 'was removed'],
  ] as const)('of %s is tampering, whatever it holds', async (eventName, what) => {
    const { ending } = await givenEnding();
    expect(changeOf(givenRecord(ending, { eventName }))).toEqual({
      kind: 'tampering',
      what,
      key: `entry 3 of ${ending.requestId}`,
    });
  });

  it.each<[string, (entry: object) => object, string]>([
    [
      'another maker',
      () => ({ requestId: 'r', sequence: 1, note: 'x' }),
      'not an entry that rootdesk writes',
    ],
    ['a further field', (entry) => ({ ...entry, note: 'x' }), 'not an entry that rootdesk writes'],
    [
      'a hash that does not cover it',
      (entry) => ({ ...entry, summary: 'x' }),
      'a hash that does not cover it',
    ],
    ['a field taken away', (entry) => ({ ...entry, accountId: undefined }), 'a hash that does not cover it'],
  ])('of %s is tampering', async (_, tamper, what) => {
    const { ending } = await givenEnding();
    expect(changeOf(givenRecord(tamper(ending)))).toMatchObject({
      kind: 'tampering',
      what: expect.stringContaining(what),
    });
  });

  it('that cannot be decoded is tampering', () => {
    const record = givenRecord({ requestId: 'r', sequence: 1 });
    Object.assign(record.dynamodb?.NewImage ?? {}, { bytes: { N: '9'.repeat(38) } });
    expect(changeOf(record)).toMatchObject({ kind: 'tampering', key: 'entry 1 of r' });
  });

  it('that is empty is tampering', () => {
    expect(changeOf({})).toMatchObject({ kind: 'tampering' });
  });

  it('is believed for its hash: an entry rewritten whole is for the chain to find', async () => {
    const { ending } = await givenEnding();
    const rewritten = { ...ending, summary: 'x' };
    expect(changeOf(givenRecord({ ...rewritten, hash: entryHash(rewritten) })).kind).toBe('ending');
  });
});
