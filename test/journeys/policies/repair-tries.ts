import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { account, type Step } from '../scenes/scene.ts';
import type { Holder } from './repair-desk.ts';

/** Who tries what, and how they call. */
export interface Try {
  /** `admin`, or the ARN of a principal. */
  readonly as: string;
  readonly action: string;
  /** Tried on an object of the bucket, and not on the bucket itself. */
  readonly onObject?: true;
  readonly context?: Readonly<Record<string, string>>;
}

/** Each with its words, in a test's own. */
export type Tries = Readonly<Record<string, Try>>;

export const stranger = 'arn:aws:iam::999999999999:role/stranger';

/** An action that this account's administrator tries. */
export const admin = (action: string, more: Partial<Try> = {}): Try => ({ as: 'admin', action, ...more });

/** The same by a role of this account. */
export const role = (name: string, action: string, more: Partial<Try> = {}): Try => ({
  as: `arn:aws:iam::${account}:role/${name}`,
  action,
  ...more,
});

export const stepsOf = (tries: Tries, { arn }: Holder): Step[] =>
  Object.values(tries).map(({ as, action, context, onObject }) => ({
    try: {
      accountId: account,
      as,
      action,
      resource: onObject ? `${arn}/2026/november.csv` : arn,
      ...(context && { context }),
    },
  }));

/** Of tries that a story made before and after something, those that got in, each time by their words. */
export function allowedIn(tries: Tries, { tries: came }: Pick<Answer, 'tries'>): string[][] {
  const words = Object.keys(tries);
  expect(came.length % words.length).toBe(0);
  return Array.from({ length: came.length / words.length }, (_, time) =>
    words.filter((_word, index) => came[time * words.length + index]?.allowed),
  );
}
