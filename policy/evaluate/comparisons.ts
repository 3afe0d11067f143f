import type { BaseOperator } from '../language.ts';
import { arnMatches } from './arn.ts';
import { type Token, tokensMatch, tokensOf } from './glob.ts';
import { inRange } from './ip-address.ts';
import { numberOf, secondsOf } from './quantities.ts';
import type { Piece } from './variables.ts';

/** A value of the policy, with its variables filled in on demand. */
export interface PolicyValue {
  readonly written: string;
  /** Null where a variable has no value. */
  filledIn(): readonly Piece[] | null;
}

/** Whether one value of the policy matches one of the request. Null where they cannot be compared at all. */
type Compare = (value: PolicyValue, text: string) => boolean | null;

export interface Comparison {
  /** A negated operator holds where none of the policy's values matches. */
  readonly negated: boolean;
  readonly compare: Compare;
}

function asText(matches: (value: string, text: string) => boolean): Compare {
  return (value, text) => {
    const pieces = value.filledIn();
    return pieces !== null && matches(pieces.map((piece) => piece.text).join(''), text);
  };
}

function asPattern(matches: (pattern: readonly Token[], text: string) => boolean): Compare {
  return (value, text) => {
    // A list of hundreds of plain names is no rarity, and a plain name that is another need not be taken apart.
    if (value.written !== text && !/[*?$]/.test(value.written)) return false;
    const pieces = value.filledIn();
    return (
      pieces !== null &&
      matches(
        pieces.flatMap((piece) => tokensOf(piece.text, piece.verbatim)),
        text,
      )
    );
  };
}

/** `sign`: that of the request's quantity less the policy's. */
function asQuantity(quantity: (text: string) => number | null, holds: (sign: number) => boolean): Compare {
  return (value, text) => {
    const limit = quantity(value.written);
    const found = quantity(text);
    return limit === null || found === null ? null : holds(Math.sign(found - limit));
  };
}

const lower = (text: string) => text.toLowerCase();
const isBoolean = (text: string) => lower(text) === 'true' || lower(text) === 'false';

const equals = asText((value, text) => value === text);
const equalsIgnoringCase = asText((value, text) => lower(value) === lower(text));
const like = asPattern(tokensMatch);
const arnLike = asPattern(arnMatches);
const numbers = (holds: (sign: number) => boolean) => asQuantity(numberOf, holds);
const dates = (holds: (sign: number) => boolean) => asQuantity(secondsOf, holds);
const ranges: Compare = (value, text) => inRange(value.written, text);

const positive = (compare: Compare): Comparison => ({ negated: false, compare });
const negated = (compare: Compare): Comparison => ({ negated: true, compare });

/** What the operators do with one value each (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
export const comparisons: Readonly<Record<Exclude<BaseOperator, 'Null'>, Comparison>> = {
  StringEquals: positive(equals),
  StringNotEquals: negated(equals),
  StringEqualsIgnoreCase: positive(equalsIgnoringCase),
  StringNotEqualsIgnoreCase: negated(equalsIgnoringCase),
  StringLike: positive(like),
  StringNotLike: negated(like),
  NumericEquals: positive(numbers((sign) => sign === 0)),
  NumericNotEquals: negated(numbers((sign) => sign === 0)),
  NumericLessThan: positive(numbers((sign) => sign < 0)),
  NumericLessThanEquals: positive(numbers((sign) => sign <= 0)),
  NumericGreaterThan: positive(numbers((sign) => sign > 0)),
  NumericGreaterThanEquals: positive(numbers((sign) => sign >= 0)),
  DateEquals: positive(dates((sign) => sign === 0)),
  DateNotEquals: negated(dates((sign) => sign === 0)),
  DateLessThan: positive(dates((sign) => sign < 0)),
  DateLessThanEquals: positive(dates((sign) => sign <= 0)),
  DateGreaterThan: positive(dates((sign) => sign > 0)),
  DateGreaterThanEquals: positive(dates((sign) => sign >= 0)),
  Bool: positive(asText((value, text) => isBoolean(value) && lower(value) === lower(text))),
  BinaryEquals: positive((value, text) => value.written === text),
  IpAddress: positive(ranges),
  NotIpAddress: negated(ranges),
  ArnEquals: positive(arnLike),
  ArnLike: positive(arnLike),
  ArnNotEquals: negated(arnLike),
  ArnNotLike: negated(arnLike),
};
