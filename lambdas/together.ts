type Promises<Results extends readonly unknown[]> = { [Key in keyof Results]: Promise<Results[Key]> };

/**
 * Does things at the same time and waits for all of them, even when one fails: nothing is left in flight that a frozen
 * execution environment would finish in the middle of the next event. Throws the first failure, in their order.
 */
export async function together<Results extends readonly unknown[]>(
  ...promises: Promises<Results>
): Promise<Results> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  }) as unknown as Results;
}
