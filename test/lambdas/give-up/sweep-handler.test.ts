import { handler } from '../../../lambdas/give-up/sweep.ts';
import { givenContext, givenFunctionTables } from '../given/function.ts';
import { GivenLane } from '../given/lane.ts';
import { givenRequest, givenSettings } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';

jest.mock('../../../lambdas/bundle-files.ts', () => ({
  readBundleFiles: () => ({ settings: givenSettings(), settingsDigest: 'd'.repeat(64), version: '0.1.0' }),
}));

describe('the scheduled sweep', () => {
  let tables: Awaited<ReturnType<typeof givenFunctionTables>>;
  beforeAll(async () => {
    tables = await givenFunctionTables({
      RUN_MACHINES: '{}',
      CLOSING_FUNCTION_ARN: 'arn:aws:lambda:eu-central-1:222222222222:function:close',
    });
  });
  afterAll(() => tables.close());

  /** A request that was begun so many minutes ago. */
  async function givenBegun(id: string, minutes: number) {
    const given = new GivenLane();
    given.time = Date.now() - minutes * 60_000;
    const request = givenRequest({ 'detail.ticket.id': id });
    await claimedBy(request, { ...given.lane, trail: tables.trail });
    return request.requestId;
  }

  const kinds = async (requestId: string) => (await tables.trail.read(requestId)).map(({ kind }) => kind);

  it('ends what rests, and says how much', async () => {
    const [resting, young] = [await givenBegun('A', 20), await givenBegun('B', 5)];
    expect(await handler({}, givenContext())).toEqual({ ended: 1, started: 0, failed: 0, complete: true });
    expect(await handler({}, givenContext())).toEqual({ ended: 0, started: 0, failed: 0, complete: true });
    expect([await kinds(resting), await kinds(young)]).toEqual([['approved', 'ended'], ['approved']]);
  });

  it('ends nothing that it has no time for', async () => {
    const resting = await givenBegun('C', 20);
    expect(await handler({}, givenContext(9_000))).toEqual({
      ended: 0,
      started: 0,
      failed: 0,
      complete: false,
    });
    expect(await kinds(resting)).toEqual(['approved']);
  });

  it('fails where a request could not be ended, once it has ended the others', async () => {
    const [approved] = await tables.trail.read(await givenBegun('D', 20));
    await tables.put({ ...approved, requestId: 'jira/e' });
    const resting = await givenBegun('F', 19);
    await expect(handler({}, givenContext())).rejects.toThrow('1 requests');
    expect(await kinds(resting)).toEqual(['approved', 'ended']);
  });
});
