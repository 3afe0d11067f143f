import * as z from 'zod';
import { AssemblyError } from './assembly-error.ts';
import type { ResolvedResource } from './stack-reader.ts';

/** A property that is known and changes nothing in the sandbox. */
export const withoutEffect = z.unknown().optional();

/** A policy document, every intrinsic in it resolved. */
export const policyDocument = z.looseObject({ Version: z.string().optional(), Statement: z.unknown() });

/** The properties of a resource, held to a schema of all that is modelled: one property more is an error. */
export function propertiesOf<Shape extends z.ZodType>(
  resource: ResolvedResource,
  shape: Shape,
): z.infer<Shape> {
  const parsed = shape.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const path = ['Properties', ...issue.path].join('.');
    return issue.code === 'unrecognized_keys'
      ? `the sandbox does not model ${issue.keys.join(', ')} in ${path}`
      : `${path}: ${issue.message}`;
  });
  throw new AssemblyError(resource, problems.join('; '));
}
