import { AssemblyError } from './assembly-error.ts';
import type { Lookups, Place } from './intrinsics.ts';

/** Fn::Sub: `${Name}`, `${LogicalId.Attribute}`, `${!literal}`, and names of its own map. */
export function resolveSub(
  argument: unknown,
  resolve: (value: unknown) => unknown,
  lookups: Lookups,
  place: Place,
): string {
  const [text, ownNames] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || typeof ownNames !== 'object' || ownNames === null) {
    throw new AssemblyError(place, `Fn::Sub cannot be resolved: ${JSON.stringify(argument)}`);
  }
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
    const name = inner.trim();
    const value = Object.hasOwn(ownNames, name)
      ? resolve(Reflect.get(ownNames, name))
      : name.includes('.')
        ? lookups.attribute(name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1))
        : lookups.ref(name);
    if (typeof value !== 'string') throw new AssemblyError(place, `Fn::Sub cannot resolve \${${inner}}`);
    return value;
  });
}
