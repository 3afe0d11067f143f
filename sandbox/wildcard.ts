const special = /[.+?^${}()|[\]\\]/g;

/** Does a text match a pattern in which `*` stands for any characters, none included? */
export function matchesWildcard(pattern: string, text: string): boolean {
  const expression = pattern.replaceAll(special, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`, 's').test(text);
}
