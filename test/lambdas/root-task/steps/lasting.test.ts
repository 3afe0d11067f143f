import { claim, readStanding } from '../../../../lambdas/root-task/steps/claim.ts';
import { hasLasted } from '../../../../lambdas/root-task/steps/lasting.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';

describe('a denial', () => {
  it.each([
    [0, false],
    [149_999, false],
    [150_000, true],
    [86_400_000, true],
  ])('%i ms after the approval was recorded has lasted: %s', async (milliseconds, expected) => {
    const given = new GivenLane();
    const claimed = await claim(await readStanding(givenRequest(), given.lane), given.lane);
    given.time += milliseconds;
    expect(hasLasted(claimed, given.lane)).toBe(expected);
  });

  it('begins to last anew when the event is sent again long after', async () => {
    const given = new GivenLane();
    const sentAgain = givenRequest({ time: '2026-11-22T10:00:00Z' });
    const claimed = await claim(await readStanding(sentAgain, given.lane), given.lane);
    given.time = Date.parse('2026-11-22T10:00:01Z');
    expect(hasLasted(claimed, given.lane)).toBe(false);
  });
});
