import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import type { Played } from '../scenes/theatre.ts';

/** Refused for all these reasons and no other, with their paths; written down as it came, told, and nothing done. */
export function expectRefused(
  answer: Played,
  detail: unknown,
  expected: {
    readonly codes: readonly string[];
    readonly paths?: readonly string[];
    readonly says?: readonly RegExp[];
  },
): void {
  const [refused] = endings(answer);
  expect(answer.trail).toHaveLength(1);
  if (refused?.kind !== 'refused') throw new Error('not refused');
  expect(refused).toMatchObject({ ending: 'refused', requestId: expect.stringMatching(/^refused\//) });
  expect(refused.reasons.map(({ code }) => code).sort()).toEqual([...expected.codes].sort());
  for (const path of expected.paths ?? [])
    expect(refused.reasons.map((reason) => reason.path)).toContain(path);
  for (const says of expected.says ?? [])
    expect(refused.reasons.map(({ message }) => message)).toContainEqual(expect.stringMatching(says));
  for (const { message } of refused.reasons) expect(answer.notifications[0]?.message).toContain(message);
  expect(JSON.parse(refused.received.text)).toMatchObject({ detail: JSON.parse(JSON.stringify(detail)) });
  expectToldOnce(answer);
  expectNothingOpened(answer);
  expect(answer.policy).toEqual(answer.ticket.scene.lockOut(answer.ticket.target));
}
