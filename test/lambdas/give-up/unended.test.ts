import { perhapsUnended } from '../../../lambdas/give-up/unended.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';

const day = 86_400_000;
const begun = (id: string) => givenRequest({ 'detail.ticket.id': id, 'detail.target.bucketName': 'other' });

async function givenTrail() {
  const given = new GivenLane();
  const { task } = new GivenBucket(given);
  await carryOut(givenEvent(), task, given.lane);
  await carryOut(givenEvent({ id: 'e2', source: 'other' }), task, given.lane);
  await claimedBy(begun('A'), given.lane);
  return given;
}

const found = ({ lane }: GivenLane) => perhapsUnended(lane.trail, lane.clock);

describe('what a sweep looks at', () => {
  it('is what was begun and has not ended, as far as the index knows', async () => {
    const given = await givenTrail();
    given.time += 15 * 60_000;
    expect(await found(given)).toEqual([begun('A').requestId]);
  });

  it('is of the last three days', async () => {
    const given = await givenTrail();
    given.time += 3 * day;
    expect(await found(given)).toEqual([begun('A').requestId]);
    given.time += 1;
    expect(await found(given)).toEqual([]);
  });
});
