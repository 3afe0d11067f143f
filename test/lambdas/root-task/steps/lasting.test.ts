import { hasLasted } from '../../../../lambdas/root-task/steps/lasting.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

describe('a denial', () => {
  it.each([
    [0, false],
    [149_999, false],
    [150_000, true],
    [86_400_000, true],
  ])('%i ms after the approval was recorded has lasted: %s', async (milliseconds, expected) => {
    const given = new GivenLane();
    const claimed = await claimedBy(givenRequest(), given.lane);
    given.time += milliseconds;
    expect(hasLasted(claimed, given.lane)).toBe(expected);
  });

  it('begins to last anew when the event is sent again long after', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    const sentAgain = givenRequest({ id: 'another', time: '2026-11-22T10:00:00Z' });
    given.time += 60_000;
    const claimed = await claimedBy(sentAgain, given.lane);
    given.time = Date.parse('2026-11-22T10:00:01Z');
    expect(hasLasted(claimed, given.lane)).toBe(false);
  });

  it('lasts no shorter when the sender of the event that is sent again has a clock that runs ahead', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    const ahead = givenRequest({ id: 'another', time: '2026-11-20T11:00:00Z' });
    given.time += 60_000;
    const claimed = await claimedBy(ahead, given.lane);
    given.time = Date.parse('2026-11-20T11:02:30Z');
    expect(hasLasted(claimed, given.lane)).toBe(true);
  });

  it('lasts no longer when the event that is sent again is older than the recorded approval', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    const behind = givenRequest({ id: 'another', time: '2026-11-20T09:50:00Z' });
    const claimed = await claimedBy(behind, given.lane);
    given.time += 149_999;
    expect(hasLasted(claimed, given.lane)).toBe(false);
  });

  it('lasts though the sender of the event has a clock that runs ahead', async () => {
    const given = new GivenLane();
    const ahead = givenRequest({ time: '2026-11-20T11:00:00Z' });
    const claimed = await claimedBy(ahead, given.lane);
    given.time += 150_000;
    expect(hasLasted(claimed, given.lane)).toBe(true);
  });
});
