import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
  DependsOn: z.unknown().optional(),
  DeletionPolicy: z.unknown().optional(),
  UpdateReplacePolicy: z.unknown().optional(),
});

/** Unknown sections (a Transform, for one) are faults: they would change what the stack means. */
const template = z.strictObject({
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Outputs: z.unknown().optional(),
  Rules: z.unknown().optional(),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource),
});

export type Template = z.infer<typeof template>;
export type TemplateResource = z.infer<typeof resource>;

const manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string(), stackName: z.string() }).partial().optional(),
    }),
  ),
});

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The one stack of a cloud assembly: its name and its template. */
export function readTemplate(cdkOut: string): { readonly stackName: string; readonly template: Template } {
  const file = join(cdkOut, 'manifest.json');
  if (!existsSync(file)) throw new Error(`${cdkOut} is no cloud assembly: it has no manifest.json`);
  const stacks = Object.entries(manifest.parse(json(file)).artifacts).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const [stack, ...others] = stacks;
  const templateFile = stack?.[1].properties?.templateFile;
  if (stack === undefined || templateFile === undefined) throw new Error(`${cdkOut} holds no stack`);
  if (others.length > 0) {
    throw new Error(`the sandbox runs one stack; ${cdkOut} holds ${stacks.map(([id]) => id).join(', ')}`);
  }
  const parsed = template.safeParse(json(join(cdkOut, templateFile)));
  if (!parsed.success) {
    throw new Error(
      `${templateFile} holds what the sandbox does not know:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return { stackName: stack[1].properties?.stackName ?? stack[0], template: parsed.data };
}
