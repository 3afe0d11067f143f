class Written {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON text of a value of any depth, on which `JSON.stringify` runs out of stack. Members that are undefined are left out. */
export function deepJson(value: unknown): string {
  const texts: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next instanceof Written) texts.push(next.text);
    else if (typeof next !== 'object' || next === null) texts.push(JSON.stringify(next));
    else for (const part of partsOf(next).reverse()) waiting.push(part);
  }
  return texts.join('');
}

function partsOf(container: object): unknown[] {
  if (Array.isArray(container)) {
    return [new Written('['), ...withCommas(container.map((item) => [item])), new Written(']')];
  }
  const members = Object.entries(container)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [new Written(`${JSON.stringify(key)}:`), value]);
  return [new Written('{'), ...withCommas(members), new Written('}')];
}

function withCommas(items: readonly (readonly unknown[])[]): unknown[] {
  return items.flatMap((item, index) => (index === 0 ? item : [new Written(','), ...item]));
}

/** Whether a value is nested deeper than so many levels; what is below a member of this name does not count. */
export function isDeeperThan(levels: number, value: unknown, except?: string): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < levels; depth += 1) {
    level = level.flatMap((one) =>
      Object.entries(typeof one === 'object' && one !== null ? one : {}).flatMap(([key, member]) =>
        typeof member === 'object' && member !== null && key !== except ? [member] : [],
      ),
    );
    if (level.length === 0) return false;
  }
  return true;
}
