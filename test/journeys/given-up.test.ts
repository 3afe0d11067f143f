import type { Fault } from './faults/lane-calls.ts';
import { approval, callsOf, endings, lockOut, policyAtTheEnd, send, story } from './given.ts';
import { runStory } from './run-story.ts';

/** A fault of AssumeRoot that never stops. */
const always = (effect: Fault['effect']): Fault[] => [
  { service: 'sts', operation: 'AssumeRoot', when: 'before', effect, times: 1000 },
];

it.each(['crash', 'throttle', 'serverError', 'timeout'] as const)(
  'a %s that never stops ends in the failure queue of the lane, nothing done, and the message says what it was',
  async (effect) => {
    const detail = approval();
    const answer = await runStory(story([send(detail)], { faults: always(effect) }));

    expect(policyAtTheEnd(answer)).toEqual(lockOut());
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(0);
    expect(answer.calls.filter(({ service }) => service === 's3')).toEqual([]);
    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved']);
    expect(endings(answer)).toEqual([]);
    expect(answer.deadLetters).toEqual([
      {
        queue: expect.stringContaining('UnlockS3BucketFailures'),
        body: expect.objectContaining({
          requestContext: expect.objectContaining({
            condition: 'RetriesExhausted',
            approximateInvokeCount: 3,
          }),
          requestPayload: expect.objectContaining({ 'detail-type': 'Root Task Approved', detail }),
          responsePayload: expect.objectContaining({ errorType: expect.any(String) }),
        }),
      },
    ]);
  },
);
