import type { Principals } from './language.ts';

/**
 * The unique ids among principals: AWS puts them in the place of users and roles that are gone (IAM User Guide, "AWS JSON
 * policy elements: Principal"). What CloudFront calls an identity is none.
 */
export function deletedPrincipals({ aws }: Principals): string[] {
  return aws.flatMap((principal) =>
    principal.kind === 'unique-id' && /^A(?:IDA|ROA)[A-Z0-9]+$/.test(principal.id) ? [principal.id] : [],
  );
}
