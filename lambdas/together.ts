/**
 * Does two things at the same time and waits for both, even when one fails: nothing is left in flight that a frozen
 * execution environment would finish in the middle of the next event. Throws the first failure, in their order.
 */
export async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') throw b.reason;
  return [a.value, b.value];
}
