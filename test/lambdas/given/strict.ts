/** A stand-in with some parts of the real thing; whatever else is asked of it is an error, not undefined. */
export function strict<Whole extends object>(name: string, parts: Partial<Whole>): Whole {
  return new Proxy(parts, {
    get(target, key) {
      if (Reflect.has(target, key)) return Reflect.get(target, key);
      // What await and matchers ask of every object.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'asymmetricMatch')
        return undefined;
      throw new Error(`nobody expected ${name}.${key}`);
    },
  }) as Whole;
}
