/** An object of a JSON text, with every member that it has: a key may be there twice. */
export class Members {
  readonly members: readonly (readonly [string, unknown])[];

  constructor(members: readonly (readonly [string, unknown])[]) {
    this.members = members;
  }
}

const token = /\s*([[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+)/gy;

/** Reads JSON text (known to be JSON) as EventBridge's matcher does: of a key given twice, both values count. */
export function parseKeepingDuplicates(text: string): unknown {
  const tokens = [...text.matchAll(token)].map(([, found = '']) => found);
  let next = 0;
  const take = () => tokens[next++] ?? '';

  function list<Item>(end: string, item: () => Item): Item[] {
    const items: Item[] = [];
    while (tokens[next] !== end) {
      items.push(item());
      if (tokens[next] === ',') next += 1;
    }
    next += 1;
    return items;
  }

  function value(): unknown {
    const first = take();
    if (first === '[') return list(']', value);
    if (first !== '{') return JSON.parse(first);
    return new Members(
      list('}', () => {
        const key: string = JSON.parse(take());
        take();
        return [key, value()] as const;
      }),
    );
  }

  return value();
}
