import { receive } from '../../../lambdas/root-task/steps/receive.ts';
import { recordRefusal } from '../../../lambdas/shared/refuse.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent } from '../given/request.ts';

async function recorded(event: unknown, given = new GivenLane()) {
  const received = receive(event);
  if (received.kind !== 'refusal') throw new Error('the event was taken');
  return recordRefusal(received, given.lane);
}

describe('a refusal', () => {
  it('is recorded under its event, with what could be read of it', async () => {
    const event = givenEvent({ 'detail.reason': '' });
    expect(await recorded(event)).toMatchObject({
      requestId: `refused/${event.id}`,
      sequence: 1,
      code: 'malformed',
      ticket: event.detail.ticket,
      task: 'unlock-s3-bucket',
      accountId: '156041421443',
      targetPath: '156041421443/project-prod-1',
      reasons: [{ code: 'malformed', path: 'detail.reason' }],
      received: { truncated: false },
    });
  });

  it('of an event that tells nothing is recorded under its hash', async () => {
    const entry = await recorded('hello');
    expect(entry.requestId).toMatch(/^refused\/sha256-[0-9a-f]{32}$/);
    expect(entry.ticket).toBeUndefined();
    expect(entry.received.text).toBe('"hello"');
  });

  it('of an event that comes twice is recorded once', async () => {
    const given = new GivenLane();
    const first = await recorded(givenEvent({ 'detail.reason': '' }), given);
    given.time += 1000;
    expect(await recorded(givenEvent({ 'detail.reason': '' }), given)).toEqual(first);
    expect(given.kinds).toEqual(['refused']);
  });

  it('keeps of a large event its hash and its first kilobyte, whole characters only', async () => {
    const { received } = await recorded(givenEvent({ 'detail.reason': 'ä🔒'.repeat(20_000) }));
    expect(received).toMatchObject({ truncated: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(received.bytes).toBeGreaterThan(120_000);
    expect(Buffer.byteLength(received.text)).toBeLessThanOrEqual(1026);
    expect(received.text.isWellFormed()).toBe(true);
  });

  it('of an event with thousands of faults fits into an item of the table', async () => {
    const keys = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`\n${index}`, 1]));
    const entry = await recorded(givenEvent({ detail: keys }));
    expect(entry.reasons.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(entry).length).toBeLessThan(100_000);
    expect(entry.summary).not.toContain('\n');
  });

  it('says in one sentence what was refused and why', async () => {
    expect((await recorded(givenEvent({ 'detail.dryRun': 1, account: 'x' }))).summary).toBe(
      'Refused unlock-s3-bucket on bucket project-prod-1 in account 156041421443 for ticket SEC-1234: account: expected a 12-digit account id, for example "156041421443"; found "x" (and 1 more).',
    );
  });
});
