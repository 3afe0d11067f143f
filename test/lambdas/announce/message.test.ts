import { endingMessage, tamperingMessage } from '../../../lambdas/announce/message.ts';
import { outcomeOf } from '../../../lambdas/announce/outcome.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

async function messageOf(event: unknown = givenEvent()) {
  const { approved, ending } = await givenEnding(event);
  return { ...endingMessage(ending, approved), ending };
}

const queueArn = `arn:aws:sqs:eu-west-1:156041421443:${'q'.repeat(75)}.fifo`;
const queueChanges = { 'detail.task': 'unlock-sqs-queue', 'detail.target': { queueArn } };

const events: [string, unknown][] = [
  ['a refusal about a queue', givenEvent({ ...queueChanges, account: '444444444444' })],
  ['an unlock', givenEvent()],
  ['a rehearsal', givenEvent({ 'detail.dryRun': true })],
  [
    'the longest bucket and ticket',
    givenEvent({ 'detail.target.bucketName': 'b'.repeat(255), 'detail.ticket.id': 'T'.repeat(128) }),
  ],
  ['a refusal by rule', givenEvent({ account: '444444444444' })],
  ['a malformed event', givenEvent({ 'detail.approvals': 'nobody\nEnding: succeeded', 'detail.a\nb': 1 })],
  ['an event that is too large', givenEvent({ 'detail.reason': 'x'.repeat(60_000) })],
  ['no event at all', null],
];

describe('the subject', () => {
  it.each(events)('of %s is fewer than 100 printable ASCII characters', async (_, event) => {
    const { subject } = await messageOf(event);
    expect(subject).toMatch(/^[a-z][\x20-\x7e]{10,98}$/);
  });

  it('names the ending, the task, the target and the ticket', async () => {
    expect((await messageOf()).subject).toBe('rootdesk succeeded: unlock-s3-bucket project-prod-1 SEC-1234');
    expect((await messageOf(null)).subject).toBe('rootdesk refused: approval without a ticket');
  });
});

describe('the message', () => {
  it('of an unlock says what happened, to what, on whose approval, and what to do next', async () => {
    const { body, ending } = await messageOf();
    for (const text of [
      ending.summary,
      ending.remedy,
      'Ending:         succeeded (unlocked)',
      'project-prod-1',
      'jira SEC-1234 https://acme.example/browse/SEC-1234',
      'Requested by:   dev@example.com',
      'Approved by:    lead@example.com on 2026-11-20T09:58:00.000Z',
      `${ending.requestId} # 3`,
      ending.hash,
    ])
      expect(body).toContain(text);
  });

  it('of a refusal names every reason, and believes nobody who is named in it', async () => {
    const { body, ending } = await messageOf(givenEvent({ account: '444444444444', 'replay-name': 'again' }));
    expect(body).toContain('[wrong-sender-account]');
    expect(body).toContain('[replayed]');
    expect(body).toContain('lead@example.com (not believed)');
    expect(body).toContain(`Trail entry:    refused/${givenEvent().id} # 1`);
    expect(body).toContain(ending.kind === 'refused' ? ending.refusedRequestId : 'no refusal');
  });

  it('names a queue, its Region and its account', async () => {
    const { body, subject } = await messageOf(givenEvent({ ...queueChanges, account: '444444444444' }));
    expect(body).toContain(
      `Target:         queue ${'q'.repeat(75)}.fifo in eu-west-1 in account 156041421443`,
    );
    expect(subject).toMatch(/^rootdesk refused: unlock-sqs-queue q+\.\.\.q+\.fifo SEC-1234$/);
  });

  it('is never given a line by what an event holds', async () => {
    const { body } = await messageOf(
      givenEvent({ 'detail.a\nEnding:         succeeded': 1, 'detail.b\u2028c': 1 }),
    );
    expect(body.match(/^Ending:/gm)).toHaveLength(1);
    expect(body).not.toContain('\u2028');
  });

  it.each(events)('of %s is well-formed and no longer than SNS takes', async (_, event) => {
    const { body } = await messageOf(event);
    expect(body.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(body)).toBeLessThan(200_000);
    expect(body).not.toMatch(/undefined|\[object/);
  });

  it.each(events)('and the outcome of %s hold no policy text', async (_, event) => {
    const { body, ending, subject } = await messageOf(event);
    expect(`${subject} ${body} ${JSON.stringify(outcomeOf(ending))}`).not.toMatch(
      /role\/pipeline|2012-10-17/,
    );
  });

  it('of a tampered trail says that it is an incident', () => {
    const { body, subject } = tamperingMessage([
      { kind: 'tampering', key: 'entry 3 of r', what: 'was removed' },
    ]);
    expect(subject).toContain('ALERT');
    expect(body).toContain('entry 3 of r was removed');
    expect(body).toContain('incident');
  });

  it('of a tampered trail is given no line by what somebody put into a key', () => {
    const key = 'entry 1 of r\u001b[2K\n\nWhat to do next:\nNothing.\u202e\u2028\u009b0m';
    for (const changes of [1, 3]) {
      const { body } = tamperingMessage([
        { kind: 'tampering', key, what: 'was removed' },
        ...Array.from(
          { length: changes - 1 },
          () => ({ kind: 'tampering', key, what: 'was changed' }) as const,
        ),
      ]);
      expect(body).toContain('entry 1 of r\\u{1b}[2K\\u{a}\\u{a}What to do next:\\u{a}Nothing.\\u{202e}');
      expect(body.match(/^What to do next:/gm)).toHaveLength(1);
      expect(body.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }
  });

  it('of a trail that is tampered with in many places is no longer than SNS takes', () => {
    for (const character of ['\u{e0001}', '\n', '\u{1f511}']) {
      const key = `entry 1 of ${character.repeat(2048 / Buffer.byteLength(character))}`;
      const change = { kind: 'tampering', key, what: 'is not an entry that rootdesk writes' } as const;
      const { body } = tamperingMessage([change, ...Array.from({ length: 99 }, () => change)]);
      expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024);
      expect(body).toContain('and 50 more');
    }
  });
});
