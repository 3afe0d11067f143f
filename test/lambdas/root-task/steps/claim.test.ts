import { carryOut } from '../../../../lambdas/root-task/pipeline.ts';
import { TamperedTrailError } from '../../../../lambdas/root-task/steps/chain.ts';
import { claim, TargetBusyError } from '../../../../lambdas/root-task/steps/claim.ts';
import { ChainMovedError } from '../../../../lambdas/shared/trail.ts';
import { GivenBucket } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenEvent, givenRequest } from '../../given/request.ts';
import { claimedBy, standing } from '../../given/standing.ts';

const target = '156041421443/project-prod-1';
const ticket = (id: string, approvedAt = '2026-11-20T09:58:00Z') => ({
  'detail.ticket.id': id,
  'detail.approvals.0.approvedAt': approvedAt,
});
const first = () => givenRequest(ticket('SEC-1'));
const second = (approvedAt?: string, time = approvedAt ?? '2026-11-20T10:00:00Z') =>
  givenRequest({ ...ticket('SEC-2', approvedAt), time });

const claimed = async (request: ReturnType<typeof first>, { lane }: GivenLane) => claimedBy(request, lane);

describe('claim', () => {
  it('records the approval, with its authorization, and takes the turn', async () => {
    const given = new GivenLane();
    const request = first();
    const { chain, supersededBy } = await claimed(request, given);
    expect(given.happened.toSorted()).toEqual(['record approved', 'take turn']);
    expect(supersededBy).toBeNull();
    expect(chain.approved).toMatchObject({
      requestId: request.requestId,
      sequence: 1,
      previousHash: null,
      approval: request.envelope.detail,
      approvalSha256: request.approvalSha256,
      envelope: { source: 'acme.tickets', account: '333333333333', eventId: request.envelope.id },
      authorizedBy: { ...request.authorization, settingsDigest: 'd'.repeat(64), version: '0.1.0' },
      by: { function: 'lane', requestId: 'run-1' },
    });
    expect(given.turns.get(target)).toMatchObject({
      holder: request.requestId,
      run: 'run-1',
      heldUntil: given.time + 59_000,
    });
  });

  it('leaves a recorded approval as it is', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    given.time += 60_000;
    const { chain } = await claimed(first(), given);
    expect(given.kinds).toEqual(['approved']);
    expect(chain.approved.at).toBe('2026-11-20T10:00:00.000Z');
  });

  it('takes no turn for a rehearsal, and waits for none', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    await claimed(givenRequest({ ...ticket('SEC-2'), 'detail.dryRun': true }), given);
    expect(given.turns.get(target)?.holder).toBe(first().requestId);
  });

  it('throws where another run recorded the approval between reading and writing', async () => {
    const given = new GivenLane();
    const read = await standing(first(), given.lane);
    await claimed(first(), given);
    given.time += 1;
    await expect(claim({ ...read, turn: given.turns.get(target) ?? null }, given.lane)).rejects.toThrow(
      ChainMovedError,
    );
  });

  it('believes no trail that does not add up', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    const [item] = given.table.items;
    Object.assign(item ?? {}, { at: { S: '2026-11-20T09:00:00.000Z' } });
    await expect(claimed(first(), given)).rejects.toThrow(TamperedTrailError);
  });
});

describe('the turn on a target', () => {
  it('is not taken from a run at work', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    given.time += 58_999;
    await expect(claimed(second(), given)).rejects.toThrow(TargetBusyError);
    expect(given.kinds).toEqual(['approved']);
  });

  it('is taken over once it has lapsed', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    given.time += 59_000;
    expect((await claimed(second(), given)).supersededBy).toBeNull();
    expect(given.turns.get(target)?.holder).toBe(second().requestId);
  });

  it('is taken by one of two that read it at the same time', async () => {
    const given = new GivenLane();
    const [a, b] = [await standing(first(), given.lane), await standing(second(), given.lane)];
    await claim(a, given.lane);
    await expect(claim(b, given.lane)).rejects.toThrow(TargetBusyError);
  });

  it('is not taken from a retry that took it anew', async () => {
    const given = new GivenLane();
    await claimed(first(), given);
    given.time += 60_000;
    const other = await standing(second(), given.lane);
    await claimed(first(), given);
    await expect(claim(other, given.lane)).rejects.toThrow(TargetBusyError);
  });
});

describe('another request that changed the target', () => {
  async function givenEnded(): Promise<GivenLane> {
    const given = new GivenLane();
    await carryOut(givenEvent(ticket('SEC-1')), new GivenBucket(given).task, given.lane);
    return given;
  }

  it('after this approval supersedes it: it is claimed and takes no turn', async () => {
    const given = await givenEnded();
    const { supersededBy } = await claimed(second('2026-11-20T09:59:59Z'), given);
    expect(supersededBy).toEqual({ requestId: first().requestId, at: '2026-11-20T10:00:00.000Z' });
    expect(given.turns.get(target)?.holder).toBe(first().requestId);
  });

  it('before this approval, by a clock that runs ahead of the event that carried it, supersedes it', async () => {
    const given = await givenEnded();
    const ahead = second('2026-11-20T10:04:00Z', '2026-11-20T09:59:59Z');
    expect((await claimed(ahead, given)).supersededBy).toMatchObject({ requestId: first().requestId });
  });

  it('before this approval does not, and a turn need not lapse once its request has ended', async () => {
    const given = await givenEnded();
    const { supersededBy } = await claimed(second('2026-11-20T10:00:01Z'), given);
    expect(supersededBy).toBeNull();
    expect(given.turns.get(target)).toMatchObject({
      holder: second('2026-11-20T10:00:01Z').requestId,
      changedBy: first().requestId,
      changedAt: '2026-11-20T10:00:00.000Z',
    });
  });

  it('is remembered even where a request between them died before it did anything', async () => {
    const given = await givenEnded();
    await claimed(second('2026-11-20T10:00:01Z'), given);
    given.time += 60_000;
    const third = givenRequest(ticket('SEC-3', '2026-11-20T09:59:00Z'));
    expect((await claimed(third, given)).supersededBy?.requestId).toBe(first().requestId);
  });

  it('supersedes with what it was about to do, even where it died of it', async () => {
    const given = new GivenLane();
    const bucket = new GivenBucket(given);
    bucket.change = 'answer lost';
    await expect(carryOut(givenEvent(ticket('SEC-1')), bucket.task, given.lane)).rejects.toThrow(
      'socket hang up',
    );
    given.time += 60_000;
    expect((await claimed(second(), given)).supersededBy?.requestId).toBe(first().requestId);
  });

  it('leaves other targets alone', async () => {
    const given = await givenEnded();
    const elsewhere = givenRequest({ ...ticket('SEC-2'), 'detail.target.bucketName': 'project-prod-2' });
    expect((await claimed(elsewhere, given)).supersededBy).toBeNull();
  });
});
