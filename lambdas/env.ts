import type * as z from 'zod';

/**
 * The one reader of `process.env`. Throws with every name that is missing or malformed: a function whose environment is
 * not what its construct wrote must not begin to work.
 */
export function readEnvironment<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The function's environment is not what rootdesk deploys: ${faults.join('; ')}`);
}
