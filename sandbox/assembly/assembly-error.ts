/** The stack holds something that the sandbox does not model: said at once, never passed over. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
  readonly logicalId: string;
  readonly type: string;

  constructor(resource: { readonly logicalId: string; readonly type: string }, problem: string) {
    super(`${resource.logicalId} (${resource.type}): ${problem}`);
    this.logicalId = resource.logicalId;
    this.type = resource.type;
  }
}
