import type { VariationName } from './variations.ts';

/** Names the file with the templates of all variations: JSON, `Synthesized`. */
export const templatesVariable = 'ROOTDESK_TEMPLATES';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs: Record<string, unknown>;
}

/** A finding of cdk-nag. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
}

/** An accepted finding, and the constructs for which it is accepted. */
export interface AcceptedFinding {
  readonly id: string;
  /** Name of the construct's class. */
  readonly of: string;
  readonly reason: string;
  readonly paths: readonly string[];
}

export interface SynthesizedStack {
  readonly template: Template;
  /** Place of each resource in the tree of constructs below `Rootdesk`, joined by dashes, by its logical id. */
  readonly names: Readonly<Record<string, string>>;
  /** Why CDK says that resources wait for each other in a circle; null: they do not. */
  readonly cycle: string | null;
  /** What cdk-nag finds; null: it is not asked about this variation. */
  readonly compliance: Compliance | null;
}

export interface Compliance {
  /** Every finding of AwsSolutions and NIST 800-53 R5, accepted or not. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Findings that remain when the accepted ones are left out. */
  readonly left: readonly Finding[];
}

export type Outcome =
  | { readonly stack: SynthesizedStack }
  | { readonly fault: { readonly name: string; readonly message: string } };

export type Synthesized = Readonly<Record<VariationName, Outcome>>;
