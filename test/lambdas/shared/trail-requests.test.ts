import type { TrailEntry } from '../../../contract/trail-entry.ts';
import type { Draft } from '../../../lambdas/shared/trail.ts';
import { givenIndexedTrail } from '../given/table-with-index.ts';

const draft = (at: string, targetPath = 'organization'): Draft => ({
  kind: 'ended',
  at,
  targetPath,
  by: { function: 'collate', requestId: 'r-1' },
  ending: 'succeeded',
  code: 'organization-audited',
  summary: 'Audited.',
  remedy: null,
  after: null,
  session: null,
});

describe('the trail of one request or one target', () => {
  let given: Awaited<ReturnType<typeof givenIndexedTrail>>;
  beforeEach(async () => {
    given = await givenIndexedTrail();
  });
  afterEach(() => given.close());

  async function newestOf(until: string, kinds: TrailEntry['kind'][] = []) {
    const found: string[] = [];
    for await (const { requestId } of given.trail.listTarget('organization', new Date(until), kinds))
      found.push(requestId);
    return found;
  }

  it('ends with its head', async () => {
    const first = await given.trail.append('r', null, draft('2026-11-20T10:00:00.000Z'));
    const second = await given.trail.append('r', first, draft('2026-11-20T10:00:01.000Z'));
    expect(await given.trail.head('r')).toEqual(second);
    expect(await given.trail.head('another')).toBeNull();
  });

  it('lists a target newest first, before an instant, and no other target', async () => {
    for (const day of [20, 6, 13])
      await given.trail.append(
        `day-${day}`,
        null,
        draft(`2026-11-${String(day).padStart(2, '0')}T06:00:00.000Z`),
      );
    await given.trail.append('other', null, draft('2026-11-12T06:00:00.000Z', '156041421443'));
    expect(await newestOf('2027-01-01')).toEqual(['day-20', 'day-13', 'day-6']);
    expect(await newestOf('2026-11-20T06:00:00.000Z')).toEqual(['day-13', 'day-6']);
    expect(await newestOf('2027-01-01', ['approved'])).toEqual([]);
  });
});
