import { refuse } from '../../../lambdas/refuse/refuse.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest, givenSettings } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';

async function codesOf(event: unknown, given = new GivenLane()) {
  const receipt = await refuse(event, givenSettings(), given.lane);
  return receipt === null
    ? null
    : given.table.entries.flatMap((entry) => (entry.kind === 'refused' ? entry.reasons : []));
}

describe('an event that no lane took', () => {
  it.each<[string, unknown, string]>([
    ['its faults', givenEvent({ 'detail.task': ['unlock-s3-bucket'] }), 'malformed'],
    ['its detail-type', givenEvent({ 'detail-type': 'root task approved' }), 'malformed'],
    [
      'a number that no computer holds',
      givenEvent({ 'detail.dryRun': Number.POSITIVE_INFINITY }),
      'malformed',
    ],
    ['the rules it fails', givenEvent({ source: 'other' }), 'unknown-source'],
    ['a replay', givenEvent({ 'replay-name': 'again' }), 'replayed'],
  ])('is refused for %s', async (_, event, code) => {
    expect(await codesOf(event)).toMatchObject([{ code }]);
  });

  it('is refused even where every rule agrees, once a lane has had the time to take it', async () => {
    const given = new GivenLane();
    await expect(codesOf(givenEvent(), given)).rejects.toThrow('may yet be taken');
    expect(given.table.entries).toEqual([]);
    given.time += 200_000;
    expect(await codesOf(givenEvent(), given)).toMatchObject([
      {
        code: 'rule-could-not-decide',
        message: expect.stringMatching(/gives a key twice .*, or .* differ$/),
      },
    ]);
  });

  it('is refused at once where its sender has a clock that runs ahead, so that nothing is lost', async () => {
    const ahead = givenEvent({ time: '2026-11-20T11:00:00Z' });
    expect(await codesOf(ahead)).toMatchObject([{ code: 'rule-could-not-decide' }]);
  });

  it('is not refused where a lane has taken the same event', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    expect(await codesOf(givenEvent(), given)).toBeNull();
    expect(given.kinds).toEqual(['approved']);
  });

  it('is refused where a lane has taken another event of the same request', async () => {
    const given = new GivenLane();
    await claimedBy(givenRequest(), given.lane);
    given.time += 200_000;
    expect(await codesOf(givenEvent({ id: 'another' }), given)).toMatchObject([
      { code: 'rule-could-not-decide' },
    ]);
    expect(given.kinds).toEqual(['approved', 'refused']);
  });
});
