/**
 * Does a parameter's value fit its AllowedPattern? All of it must: the Systems Manager User Guide ("Working with
 * parameter hierarchies") shows `10,000` refused by `\d{1,4}`.
 */
export function fitsPattern(value: string, allowedPattern: string | null): boolean {
  return allowedPattern === null || new RegExp(`^(?:${allowedPattern})$`).test(value);
}
