import type { Answer } from '../../sandbox/scenario/answer.ts';

/** What a story leaves behind for people and machines to read. */
type Remains = Pick<
  Answer,
  'calls' | 'deadLetters' | 'logs' | 'notifications' | 'objects' | 'outcomes' | 'parked' | 'trail'
>;

interface Secrets {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Long enough to be no coincidence, short enough to be found where a text was cut. */
const telling = 24;

/** A text as it is, percent-encoded, and in hex and base64, wherever in a longer text it stood when it was encoded. */
function formsOf(text: string): string[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
      .toString('base64')
      // What its neighbours have a part in: they are not known here.
      .slice(offset === 0 ? 0 : 4)
      .replace(/.?=*$/, ''),
  );
  const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [text, encodeURIComponent(text), Buffer.from(text).toString('hex'), ...base64, ...base64url];
}

/** Everything in it as one text. Backslashes fall away, so that JSON within JSON reads like the rest. */
function textOf(remains: unknown): string {
  return JSON.stringify(remains).replaceAll('\\', '');
}

/** The places where a secret key or session token, or enough of one, can be read. */
export function leaksOf(remains: Partial<Remains>, issued: readonly Secrets[]): string[] {
  const places = Object.entries(remains).map(([place, content]) => [place, textOf(content)] as const);
  return issued.flatMap(({ accessKeyId, secretAccessKey, sessionToken }) =>
    [secretAccessKey, sessionToken]
      .flatMap((secret) => [secret.slice(0, telling), secret.slice(-telling)])
      .flatMap(formsOf)
      .flatMap((form) => places.filter(([, text]) => text.includes(form)))
      .map(([place]) => `a secret of ${accessKeyId} is in the ${place}`),
  );
}

/** Where the text of a policy can be read: the trail keeps it, messages and logs carry hashes. */
export function policyTextsIn(remains: Partial<Remains>): string[] {
  return Object.entries(remains)
    .filter(([, content]) => /\bStatement["']?\s*:/.test(textOf(content)))
    .map(([place]) => `the text of a policy is in the ${place}`);
}

/** Whoever reads what a story left behind learns no secret; whoever may not read the trail learns no policy. */
export function expectNoSecrets(answer: Answer, issued: readonly Secrets[]): void {
  const { calls, deadLetters, logs, notifications, objects, outcomes, parked, trail } = answer;
  const remains = { calls, deadLetters, logs, notifications, objects, outcomes, parked, trail };
  expect(issued).not.toEqual([]);
  expect(leaksOf(remains, issued)).toEqual([]);
  expect(policyTextsIn({ logs, notifications, outcomes })).toEqual([]);
}
