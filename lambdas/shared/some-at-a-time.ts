/** Few enough that a function of 256 MB keeps every call within its time limits. */
const few = 10;

/**
 * Does the same for every item, some at a time, and waits for all of them even where some fail: nothing is left in
 * flight that a frozen execution environment would finish in the middle of the next event. Answers in the items' order.
 */
export async function someAtATime<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  atOnce = few,
): Promise<PromiseSettledResult<Result>[]> {
  const settled: PromiseSettledResult<Result>[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    settled.push(...(await Promise.allSettled(items.slice(from, from + atOnce).map(run))));
  }
  return settled;
}

/** As `someAtATime`, throwing the first failure once all have ended. */
export async function allSomeAtATime<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
  atOnce = few,
): Promise<Result[]> {
  return (await someAtATime(items, run, atOnce)).map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
