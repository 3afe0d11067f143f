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

/** Those of the needles that are in the text: one way through it, however many there are. */
function foundIn(text: string, needles: ReadonlySet<string>): Set<string> {
  const byHead = Map.groupBy(needles, headOf);
  const found = new Set<string>();
  let head = 0;
  for (let at = 0; at < text.length; at += 1) {
    head = withNext(head, text.charCodeAt(at));
    for (const needle of byHead.get(head) ?? []) if (text.startsWith(needle, at - 3)) found.add(needle);
  }
  return found;
}

/** Four characters as one number: the one before the last four has been shifted out. */
const withNext = (head: number, code: number) => (head << 8) ^ code;

function headOf(needle: string): number {
  return [0, 1, 2, 3].reduce((head, at) => withNext(head, needle.charCodeAt(at)), 0);
}

/** The places where a secret key or session token, or enough of one, can be read. */
export function leaksOf(remains: Partial<Remains>, issued: readonly Secrets[]): string[] {
  const owners = new Map<string, string>();
  for (const { accessKeyId, secretAccessKey, sessionToken } of issued) {
    const parts = [secretAccessKey, sessionToken].flatMap((secret) => [
      secret.slice(0, telling),
      secret.slice(-telling),
    ]);
    for (const form of parts.flatMap(formsOf)) owners.set(form, accessKeyId);
  }
  const needles = new Set(owners.keys());
  const leaks = Object.entries(remains).flatMap(([place, content]) =>
    [...foundIn(textOf(content), needles)].map(
      (form) => `a secret of ${owners.get(form)} is in the ${place}`,
    ),
  );
  return [...new Set(leaks)];
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
