interface Address {
  readonly bits: bigint;
  /** How many bits an address of its family has: 32 or 128. */
  readonly length: number;
}

function ipv4(text: string): Address | null {
  const octets = text.split('.');
  if (
    octets.length !== 4 ||
    !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)
  ) {
    return null;
  }
  return { bits: octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n), length: 32 };
}

/** Groups of one side of `::`; an IPv4 address at the end is two of them. */
function groups(text: string): readonly bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const last = ipv4(parts.at(-1) ?? '');
  const plain = last === null ? parts : parts.slice(0, -1);
  if (!plain.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null;
  const numbers = plain.map((part) => BigInt(`0x${part}`));
  return last === null ? numbers : [...numbers, last.bits >> 16n, last.bits & 0xffffn];
}

function ipv6(text: string): Address | null {
  const [left = '', right, third] = text.split('::');
  const before = groups(left);
  const after = right === undefined ? [] : groups(right);
  if (before === null || after === null || third !== undefined) return null;
  const missing = 8 - before.length - after.length;
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...before, ...Array.from({ length: missing }, () => 0n), ...after];
  return { bits: all.reduce((bits, group) => (bits << 16n) | group, 0n), length: 128 };
}

function address(text: string): Address | null {
  return text.includes(':') ? ipv6(text) : ipv4(text);
}

/** A range such as 203.0.113.0/24: its first address as bits, and how many bits come after the prefix. */
function rangeOf(range: string): { readonly start: Address; readonly rest: bigint } | null {
  const [network = '', prefix, more] = range.split('/');
  const start = address(network);
  if (start === null || more !== undefined) return null;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  const length = prefix === undefined ? start.length : Number(prefix);
  return length > start.length ? null : { start, rest: BigInt(start.length - length) };
}

function textOf({ bits, length }: Address): string {
  const parts = length === 32 ? 4 : 8;
  const size = BigInt(length / parts);
  const numbers = Array.from({ length: parts }, (_, index) =>
    Number((bits >> (size * BigInt(parts - 1 - index))) & ((1n << size) - 1n)),
  );
  return length === 32 ? numbers.join('.') : numbers.map((number) => number.toString(16)).join(':');
}

/** Where a range begins and where what is behind it begins: ranges are told apart by these. None for what is no range. */
export function edgesOf(range: string): string[] {
  const found = rangeOf(range);
  if (found === null) return [];
  const { rest, start } = found;
  const first = (start.bits >> rest) << rest;
  const behind = first + (1n << rest);
  const edges = behind >> BigInt(start.length) === 0n ? [first, behind] : [first];
  return edges.map((bits) => textOf({ bits, length: start.length }));
}

/** Whether a text is an address. */
export function isAddress(text: string): boolean {
  return address(text) !== null;
}

/**
 * Whether an address is in a range such as 203.0.113.0/24 or 2001:db8::/32. Without a prefix the range is the one
 * address; bits after the prefix do not count. Null where one of them is no address at all.
 */
export function inRange(range: string, text: string): boolean | null {
  const found = rangeOf(range);
  const asked = address(text);
  if (found === null || asked === null) return null;
  const { rest, start } = found;
  return start.length === asked.length && start.bits >> rest === asked.bits >> rest;
}
