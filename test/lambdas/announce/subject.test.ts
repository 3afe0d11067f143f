import { endings } from '../../../contract/ending.ts';
import { rootTaskNames } from '../../../contract/root-tasks.ts';
import { endingSubject, subjectOf } from '../../../lambdas/announce/subject.ts';

const targets: [string, string | null][] = [
  ['no target', null],
  ['a short name', 'orders'],
  ['a bucket of 63 characters', `${'b'.repeat(56)}-prod-1`],
  ['a FIFO queue of 80 characters', `${'q'.repeat(75)}.fifo`],
  ['an old bucket of 255 characters', 'B'.repeat(255)],
];
const tickets: [string, string | undefined][] = [
  ['no ticket', undefined],
  ['a short ticket', 'SEC-1234'],
  ['a ticket id of 128 characters', `SEC-${'1'.repeat(124)}`],
];
const tasks = [undefined, ...rootTaskNames, 'allow-root-password-recovery'];

const cases = targets.flatMap(([what, target]) =>
  tickets.map(([which, ticket]) => [what, which, target, ticket] as const),
);

describe('the subject of an ending', () => {
  it.each(cases)('for %s and %s has its fixed form within what SNS takes', (_, __, target, ticket) => {
    for (const ending of endings) {
      for (const task of tasks) {
        const subject = endingSubject(ending, task, target, ticket);
        expect(subject.length).toBeLessThan(100);
        expect(subject).toMatch(/^[\x21-\x7e][\x20-\x7e]*[\x21-\x7e]$/);
        expect(subject).not.toContain('  ');
        expect(subject.startsWith(`rootdesk ${ending}: ${task ?? 'approval'} `)).toBe(true);
        expect(subject).toContain(ticket === undefined ? 'without a ticket' : ticket.slice(0, 5));
        if (target !== null) {
          expect(subject).toContain(` ${target.slice(0, 6)}`);
          expect(subject).toContain(`${target.slice(-5)} `);
        }
      }
    }
  });

  it('has target and ticket whole where there is room', () => {
    const bucket = `${'b'.repeat(45)}-prod-1`;
    expect(endingSubject('failed', 'unlock-s3-bucket', bucket, 'SEC-1234')).toBe(
      `rootdesk failed: unlock-s3-bucket ${bucket} SEC-1234`,
    );
    const id = 'T'.repeat(50);
    expect(endingSubject('failed', 'unlock-s3-bucket', 'orders', id)).toBe(
      `rootdesk failed: unlock-s3-bucket orders ${id}`,
    );
  });

  it('keeps both ends of what is too long', () => {
    expect(endingSubject('failed', 'unlock-s3-bucket', `${'b'.repeat(56)}-prod-1`, 'SEC-1234')).toBe(
      `rootdesk failed: unlock-s3-bucket ${'b'.repeat(27)}...${'b'.repeat(19)}-prod-1 SEC-1234`,
    );
  });

  it.each(['a\nb', 'a\rb', 'a\u2028b', 'bücket', '\u0000', '🔒'])('has nothing of %j in it', (text) => {
    for (const subject of [
      endingSubject('failed', 'unlock-s3-bucket', text, text),
      subjectOf(`rootdesk ${text}`),
    ])
      expect(subject).toMatch(/^[\x20-\x7e]+$/);
  });
});
