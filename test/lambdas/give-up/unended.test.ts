import { perhapsUnended } from '../../../lambdas/give-up/unended.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane, rootSession } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';

const begun = (id: string) => givenRequest({ 'detail.ticket.id': id, 'detail.target.bucketName': 'other' });

async function givenTrail() {
  const given = new GivenLane();
  const { task } = new GivenBucket(given);
  await carryOut(givenEvent(), task, given.lane);
  await carryOut(givenEvent({ id: 'e2', source: 'other' }), task, given.lane);
  await claimedBy(begun('A'), given.lane);
  return given;
}

const by = { function: 'lane', requestId: 'run-2' };
const nothing = { policy: null, sha256: null };

/** A try of a request that was approved before, noted now. */
async function triedNow({ lane }: GivenLane, requestId: string) {
  const [approved] = await lane.trail.read(requestId);
  const at = lane.clock.now().toISOString();
  await lane.trail.append(requestId, approved ?? null, {
    ...{ kind: 'acting', at, by, session: rootSession.record, attempt: 1 },
    ...{ before: nothing, intended: nothing },
  });
}

const found = ({ lane }: GivenLane) => perhapsUnended(lane.trail, lane.clock);

describe('what a sweep looks at', () => {
  it('is what was begun and has not ended, as far as the index knows', async () => {
    const given = await givenTrail();
    given.time += 15 * 60_000;
    expect(await found(given)).toEqual([begun('A').requestId]);
  });

  it('is of the present month and the month before, however long nobody swept', async () => {
    const given = await givenTrail();
    given.time = Date.parse('2026-12-31T23:59:59.999Z');
    expect(await found(given)).toEqual([begun('A').requestId]);
    given.time = Date.parse('2027-01-01T00:00:00.000Z');
    expect(await found(given)).toEqual([]);
  });

  it('is what has been tried within that time, also where it was approved before', async () => {
    const given = await givenTrail();
    given.time = Date.parse('2026-12-01T00:00:00.000Z');
    await triedNow(given, begun('A').requestId);
    given.time = Date.parse('2026-12-31T23:59:59.999Z');
    expect(await found(given)).toEqual([begun('A').requestId]);
    given.time = Date.parse('2027-01-31T23:59:59.999Z');
    expect(await found(given)).toEqual([begun('A').requestId]);
  });

  it('is asked of the index without the refusals, of which there may be many', async () => {
    const asked: unknown[] = [];
    const list = async (...args: unknown[]) => {
      asked.push(args);
      return [];
    };
    await perhapsUnended(
      { list },
      { now: () => new Date('2026-01-02T00:00:00.000Z'), sleep: async () => {} },
    );
    expect(asked).toEqual([
      [
        new Date('2025-12-01'),
        new Date('2026-01-01T23:45:00.001Z'),
        ['approved', 'planned', 'acting', 'ended'],
      ],
    ]);
  });
});
