import type { RefusedEntry } from '../../../contract/trail-entry.ts';
import { refusalsMessage } from '../../../lambdas/announce/refusals-message.ts';
import { resealed } from '../given/announcing.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

async function refusalOf(
  event: unknown,
  name: string,
  at = '2026-11-20T10:00:00.000Z',
): Promise<RefusedEntry> {
  const { ending } = await givenEnding(event);
  if (ending.kind !== 'refused') throw new Error('the event was taken');
  return resealed(ending, { requestId: `refused/${name}`, at });
}

const first = () => refusalOf(givenEvent({ account: '444444444444' }), 'first');

describe('refusals told together', () => {
  it('are each named: ticket, task, target, first reason, and where the record is', async () => {
    const { body, subject } = refusalsMessage([
      await first(),
      await refusalOf(givenEvent({ 'detail.reason': '' }), 'second', '2026-11-20T10:04:00.000Z'),
      await refusalOf(null, 'third'),
    ]);
    expect(subject).toBe('rootdesk refused: 3 approvals, told together');
    expect(body).toContain(
      '3 approvals were refused between 2026-11-20T10:00:00.000Z and 2026-11-20T10:04:00.000Z',
    );
    expect(body).toMatch(
      /^ {2}- SEC-1234, unlock-s3-bucket, bucket project-prod-1 in account 156041421443: account: .* \[wrong-sender-account\] \(refused\/first # 1, request jira\/sec-1234\/unlock-s3-bucket\/.*\)$/m,
    );
    expect(body).toMatch(/^ {2}- .*detail\.reason: .* \[malformed\] \(refused\/second # 1/m);
    expect(body).toMatch(
      /^ {2}- no ticket, no root task, no target: .* \[malformed\] \(refused\/third # 1\)$/m,
    );
  });

  it('are counted by reason and by source, the most frequent first', async () => {
    const { body } = refusalsMessage([
      await refusalOf(givenEvent({ source: 'other.tickets', 'detail.reason': '' }), 'other'),
      await first(),
      await refusalOf(givenEvent({ account: '444444444444' }), 'again'),
      await refusalOf(givenEvent({ 'detail.reason': 'x'.repeat(60_000) }), 'large'),
    ]);
    expect(body).toContain('By first reason:\n  - wrong-sender-account: 2\n');
    expect(body).toMatch(/By source:\n {2}- acme\.tickets: 2\n/);
    expect(body).toContain('  - other.tickets: 1');
    expect(body).toContain('  - unknown (the event is too large): 1');
  });

  it('hold no line that an event made', async () => {
    const entry = resealed(await first(), {
      reasons: [{ code: 'malformed', message: 'a\nEnding: succeeded\u2028b\u202ec' }],
    });
    const { body } = refusalsMessage([entry]);
    expect(body).not.toMatch(/^Ending/m);
    expect(body).not.toMatch(/[\u2028\u202e]/);
  });

  it('fit into a message of SNS, however many and however long', async () => {
    const long = resealed(await first(), {
      requestId: `refused/${'x'.repeat(1500)}`,
      refusedRequestId: 'y'.repeat(2000),
      reasons: [{ code: 'malformed', message: '🔒'.repeat(5000) }],
    });
    const { body } = refusalsMessage([long, ...Array.from({ length: 1000 }, () => long)]);
    expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024);
    expect(body.isWellFormed()).toBe(true);
    expect(body).toMatch(/and \d+ more, not named here/);
    const named = body.match(/^ {2}- SEC-1234/gm)?.length ?? 0;
    expect(named).toBeGreaterThan(50);
    expect(body).toContain(`and ${1001 - named} more`);
  });

  it('name a page of the catch-up whole, for events of common length', async () => {
    const entry = await first();
    const { body } = refusalsMessage([entry, ...Array.from({ length: 499 }, () => entry)]);
    expect(body).not.toContain('not named here');
  });
});
