import fc from 'fast-check';
import { receive } from '../../../../lambdas/root-task/steps/receive.ts';
import { givenEvent } from '../../given/request.ts';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

function refusalOf(event: unknown) {
  const received = receive(event);
  if (received.kind !== 'refusal') throw new Error('the event was taken');
  return received;
}

describe('receive', () => {
  it('takes the example, with the hash of its whole detail', () => {
    expect(receive(givenEvent())).toMatchObject({
      kind: 'received',
      ticket: { task: 'unlock-s3-bucket', dryRun: false },
      approvalSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('knows the same approval in another order of keys', () => {
    const hashOf = (event: object) => Reflect.get(receive(event), 'approvalSha256');
    const { detail, ...envelope } = givenEvent();
    const reversed = { ...envelope, detail: Object.fromEntries(Object.entries(detail).reverse()) };
    expect(hashOf(reversed)).toBe(hashOf(givenEvent()));
    expect(hashOf(givenEvent({ 'detail.reason': 'another' }))).not.toBe(hashOf(givenEvent()));
  });

  it.each([null, undefined, 'text', 7, true, [], {}, [givenEvent()]])('refuses %j', (event) => {
    expect(refusalOf(event).reasons[0]).toMatchObject({ code: 'malformed' });
  });

  it('names every fault by its path, those of the envelope and those of the detail', () => {
    const { reasons } = refusalOf(givenEvent({ account: 'acme', 'detail.reason': '', 'detail.note': 'x' }));
    expect(reasons.map(({ path }) => path)).toEqual(['account', 'detail.reason', 'detail.note']);
  });

  it.each([undefined, null, 'text', []])('names the detail where that is all wrong (%j)', (detail) => {
    expect(refusalOf(givenEvent({ detail })).reasons[0]).toMatchObject({
      code: 'malformed',
      path: expect.stringMatching(/^detail/),
    });
  });

  it('says what it could read of what it refuses, and nothing that it could not', () => {
    const { understood, requestId } = refusalOf(
      givenEvent({ 'detail.target.accountId': 'x', 'detail.requestedBy': 'a\nb', account: 1 }),
    );
    expect(understood).toMatchObject({
      eventId: givenEvent().id,
      envelope: { source: 'acme.tickets', time: '2026-11-20T09:59:00Z' },
      ticket: { id: 'SEC-1234' },
      task: 'unlock-s3-bucket',
      target: null,
      requestedBy: null,
      approvers: ['lead@example.com'],
    });
    expect(understood.envelope.account).toBeUndefined();
    expect(requestId).toBeNull();
  });

  it('takes a detail of 32 KB in, and refuses a byte more without reading it', () => {
    const padding = (bytes: number) =>
      givenEvent({ 'detail.note': 'ä'.repeat(bytes / 2) + 'a'.repeat(bytes % 2) });
    const rest = JSON.stringify(padding(0).detail).length;
    expect(refusalOf(padding(32 * 1024 - rest)).reasons).toMatchObject([
      { code: 'malformed', path: 'detail.note' },
    ]);
    expect(refusalOf(padding(32 * 1024 - rest + 1)).reasons).toMatchObject([
      { code: 'too-large', path: 'detail', message: expect.stringContaining('found 32769') },
    ]);
  });

  it('reports 50 faults at most', () => {
    const keys = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`k${index}`, 1]));
    const event = givenEvent({ account: 1, detail: { ...givenEvent().detail, ...keys } });
    expect(refusalOf(event).reasons).toHaveLength(50);
  });

  it.each([100, 16_000, 50_000])('answers an event nested %i deep', (depth) => {
    expect(refusalOf(givenEvent({ detail: nested(depth) })).reasons).toHaveLength(1);
    expect(refusalOf(givenEvent({ 'detail.reason': nested(depth) })).kind).toBe('refusal');
    expect(refusalOf(nested(depth)).kind).toBe('refusal');
  });

  it('answers whatever JSON there is', () => {
    fc.assert(fc.property(fc.jsonValue(), (event) => receive(event).kind === 'refusal'));
    fc.assert(fc.property(fc.jsonValue(), (detail) => receive(givenEvent({ detail })).kind === 'refusal'));
  });

  it('answers whatever JSON there is in any one place of an approval', () => {
    const paths = [
      'id',
      'account',
      'detail.ticket',
      'detail.task',
      'detail.target',
      'detail.approvals',
      'detail.dryRun',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        expect(['received', 'refusal']).toContain(receive(givenEvent({ [path]: value })).kind);
      }),
    );
  });
});
