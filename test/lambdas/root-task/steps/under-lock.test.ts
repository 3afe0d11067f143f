import type { EndedEntry } from '../../../../contract/trail-entry.ts';
import { OtherDetailError } from '../../../../lambdas/root-task/adapters/delivery-lock.ts';
import type { Lane } from '../../../../lambdas/root-task/lane.ts';
import { chainOf } from '../../../../lambdas/root-task/steps/chain.ts';
import { endWithoutSession } from '../../../../lambdas/root-task/steps/record.ts';
import { refuseStopped, stopped } from '../../../../lambdas/root-task/steps/stopped.ts';
import {
  ofThisApproval,
  RefusedUnderLockError,
  underLockOf,
} from '../../../../lambdas/root-task/steps/under-lock.ts';
import { recordRefusal } from '../../../../lambdas/shared/refuse.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

const request = givenRequest();
const changed = givenRequest({ 'detail.reason': 'another' });

/** Runs under a lock that notes when it is taken and given back. */
function locked(given: GivenLane, run: () => Promise<EndedEntry>, asked = request) {
  const holding: Lane['deliveryLock']['holding'] = async (of, inside) => {
    expect(of).toBe(asked);
    given.happened.push('lock');
    try {
      return await inside();
    } finally {
      given.happened.push('unlock');
    }
  };
  return underLockOf(asked, { ...given.lane, deliveryLock: { ...given.lane.deliveryLock, holding } }, run);
}

const refuses = (given: GivenLane) => async () => {
  throw new RefusedUnderLockError(
    await recordRefusal(refuseStopped(request, 'a person said so'), given.lane),
  );
};

/** A run of a request whose chain may be another approval's. */
const ends =
  (given: GivenLane, asked = request) =>
  async () => {
    ofThisApproval(chainOf(asked.requestId, await given.trail.read(asked.requestId)), asked);
    return endWithoutSession(await claimedBy(asked, given.lane), stopped(asked, 'why'), given.lane);
  };

describe('a run under the lock of its request', () => {
  it('is answered with the receipt of its ending', async () => {
    const given = new GivenLane();
    expect(await locked(given, ends(given))).toMatchObject({
      requestId: request.requestId,
      sequence: 2,
      ending: 'failed',
      entryHash: given.table.entries.at(-1)?.hash,
    });
    expect(given.happened).toEqual(['lock', 'record approved', 'take turn', 'record ended', 'unlock']);
  });

  it('that finds it refused records that before the lock is given back, for the next that takes it', async () => {
    const given = new GivenLane();
    expect(await locked(given, refuses(given))).toMatchObject({
      requestId: `refused/${request.envelope.id}`,
      code: 'root-tasks-stopped',
    });
    expect(given.happened).toEqual(['lock', 'record refused', 'unlock']);
  });

  it.each([new Error('SlowDown'), new TypeError('x')])('that throws (%s) throws just that', async (error) => {
    const given = new GivenLane();
    await expect(locked(given, () => Promise.reject(error))).rejects.toBe(error);
    expect(given.happened).toEqual(['lock', 'unlock']);
  });
});

describe('a chain that was begun by another detail', () => {
  it('refuses this one as changed, and stays as it is', async () => {
    const given = new GivenLane();
    await claimedBy(request, given.lane);
    given.happened.length = 0;
    expect(await locked(given, ends(given, changed), changed)).toMatchObject({
      ending: 'refused',
      code: 'changed-after-approval',
    });
    expect(given.happened).toEqual(['lock', 'unlock', 'record refused']);
  });

  it('is no reason to refuse where something else goes wrong', async () => {
    const given = new GivenLane();
    await claimedBy(request, given.lane);
    const error = new Error('SlowDown');
    await expect(locked(given, () => Promise.reject(error), changed)).rejects.toBe(error);
    expect(given.kinds).toEqual(['approved']);
  });

  it('does not where only the lock says so: that is tried again', async () => {
    const given = new GivenLane();
    const error = new OtherDetailError('other payload');
    await expect(locked(given, () => Promise.reject(error))).rejects.toBe(error);
    await claimedBy(request, given.lane);
    await expect(locked(given, () => Promise.reject(error))).rejects.toBe(error);
    expect(given.kinds).toEqual(['approved']);
  });
});
