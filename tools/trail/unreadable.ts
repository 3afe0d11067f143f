/** Nothing can be said of the trail: what was asked for is not there, or is not what it should be. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
