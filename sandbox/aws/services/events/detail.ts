import { jsonTokens } from '../../../json-tokens.ts';
import { isRecord } from '../../wire/json.ts';

/** Source: Amazon EventBridge API Reference, PutEvents; of the length, the defaults of jackson-core, which event-ruler uses. */
const deepest = 1000;
const longestNumber = 1000;

const lowest = -(2n ** 63n);
const highest = 2n ** 63n - 1n;

/**
 * Whether EventBridge takes a text for the Detail of an event: a JSON object of at most a thousand levels whose integers
 * fit into 64 bits. Anything else is `MalformedDetail`.
 */
export function isDetail(text: string): boolean {
  try {
    if (!isRecord(JSON.parse(text))) return false;
  } catch {
    return false;
  }
  let depth = 0;
  for (const token of jsonTokens(text)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (/^[-\d]/.test(token) && !isReadable(token)) return false;
    if (depth > deepest) return false;
  }
  return true;
}

function isReadable(number: string): boolean {
  if (number.length > longestNumber) return false;
  if (!/^-?\d+$/.test(number)) return true;
  const integer = BigInt(number);
  return lowest <= integer && integer <= highest;
}
