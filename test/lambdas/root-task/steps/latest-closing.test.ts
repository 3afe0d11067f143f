import { closingRequestId } from '../../../../contract/request-id.ts';
import type { TrailEntry } from '../../../../contract/trail-entry.ts';
import { latestClosing } from '../../../../lambdas/root-task/steps/latest-closing.ts';

const opening = 'jira/sec-1/allow-root-password-recovery/156041421443/2026-11-20T09:58:00.000Z';

/** A trail in which so many closings of the opening were begun, and every name it is asked for. */
function givenClosings(count: number) {
  const begun = new Set<string>(
    Array.from({ length: count }, (_, index) => closingRequestId(opening, index + 1)),
  );
  const asked: string[] = [];
  const head = async (requestId: string) => {
    asked.push(requestId);
    return begun.has(requestId) ? ({ requestId } as unknown as TrailEntry) : null;
  };
  return { asked, trail: { head } };
}

describe('the newest closing of an opening', () => {
  it('is none where none was begun', async () => {
    const { asked, trail } = givenClosings(0);
    expect(await latestClosing(opening, trail)).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 7, 8, 9, 100, 5000])('is the last of %i, found by few reads', async (count) => {
    const { asked, trail } = givenClosings(count);
    expect(await latestClosing(opening, trail)).toEqual({
      number: count,
      head: { requestId: closingRequestId(opening, count) },
    });
    expect(asked.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count + 1)) + 1);
  });
});
