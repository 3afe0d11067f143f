import { type Token, tokensMatch } from './glob.ts';

const colon = 0x3a;

/** The six components of an ARN; the last one keeps its colons. Null for what is no ARN. */
function components<T>(whole: readonly T[], isColon: (one: T) => boolean): readonly (readonly T[])[] | null {
  const found: T[][] = [[]];
  for (const one of whole) {
    if (isColon(one) && found.length < 6) found.push([]);
    else found.at(-1)?.push(one);
  }
  return found.length === 6 ? found : null;
}

/**
 * ArnEquals and ArnLike, which are the same: each of the six components is compared for itself, so no wildcard crosses
 * a colon but those of the last one (IAM User Guide, "Amazon Resource Name (ARN) condition operators"). What is no
 * ARN, on either side, does not match.
 */
export function arnMatches(pattern: readonly Token[], arn: string): boolean {
  const expected = components(pattern, (token) => token === colon);
  const found = components([...arn], (character) => character === ':');
  if (expected === null || found === null) return false;
  return expected.every((part, place) => tokensMatch(part, found[place]?.join('') ?? ''));
}
