/** Name of an error as the SDK gives it: the service's code, or the class of a client-side error. */
export function nameOfError(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Message of an error, or its text. */
export function messageOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const accessDenied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** AWS said that the caller may not do this; its message may or may not say why. */
export function isAccessDenied(error: unknown): boolean {
  return accessDenied.has(nameOfError(error));
}

/**
 * AWS names the kind of policy that denied, where caller and resource share an organization ("with an explicit deny in
 * a service control policy"). Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function deniedByServiceControlPolicy(error: unknown): boolean {
  return isAccessDenied(error) && saysServiceControlPolicy(messageOfError(error));
}

/** Whether AWS's words for a denial name a service control policy. */
export function saysServiceControlPolicy(message: string): boolean {
  return /\bservice control policy\b/i.test(message);
}
