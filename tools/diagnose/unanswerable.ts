/** Nothing can be said: what was asked makes no sense, or there is nothing to read. */
export class UnanswerableError extends Error {
  override readonly name = 'UnanswerableError';
}
