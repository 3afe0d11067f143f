import { isRecord } from '../../wire/json.ts';

/** An item in DynamoDB's attribute-value JSON as plain JSON. */
export function plainItem(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(attribute: unknown): unknown {
  const [[type, value] = []] = isRecord(attribute) ? Object.entries(attribute) : [];
  switch (type) {
    case 'NULL':
      return null;
    case 'N':
      return Number(value);
    case 'NS':
      return Array.isArray(value) ? value.map(Number) : value;
    case 'L':
      return Array.isArray(value) ? value.map(plainValue) : value;
    case 'M':
      return isRecord(value) ? plainItem(value) : value;
    default:
      return value;
  }
}
