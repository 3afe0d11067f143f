import { refusalOf } from '../../../lambdas/refuse/refusal-of.ts';
import { givenEvent, givenSettings, now } from '../given/request.ts';

const codesOf = (event: unknown) => refusalOf(event, givenSettings(), now).reasons.map(({ code }) => code);

describe('an event that no lane took', () => {
  it.each<[string, unknown, string]>([
    ['its faults', givenEvent({ 'detail.task': ['unlock-s3-bucket'] }), 'malformed'],
    ['its detail-type', givenEvent({ 'detail-type': 'root task approved' }), 'malformed'],
    ['the rules it fails', givenEvent({ source: 'other' }), 'unknown-source'],
    ['a replay', givenEvent({ 'replay-name': 'again' }), 'replayed'],
  ])('is refused for %s', (_, event, code) => {
    expect(codesOf(event)).toEqual([code]);
  });

  it('is refused even where every rule agrees', () => {
    expect(refusalOf(givenEvent(), givenSettings(), now)).toMatchObject({
      requestId: expect.stringContaining('jira/sec-1234'),
      reasons: [{ code: 'rule-could-not-decide', message: expect.stringContaining('differ') }],
    });
  });
});
