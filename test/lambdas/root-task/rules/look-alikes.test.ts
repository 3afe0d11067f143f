import fc from 'fast-check';
import { factsOf } from '../../../../lambdas/root-task/rules/facts.ts';
import { reasonsToRefuse } from '../../../../lambdas/root-task/rules/table.ts';
import { receive } from '../../../../lambdas/root-task/steps/receive.ts';
import { givenEvent, givenSettings, now } from '../../given/request.ts';
import { by } from './cases/cases.ts';

const address = 'lead@example.com';
const lists = {
  exact: [address, 'second.lead@example.com'],
  pattern: ['*@example.com'],
  both: [address, '*@example.com'],
};

/** Codes of what an event is refused for, at the door or by the rules; and how many approvals counted. */
function answerTo(changes: Record<string, unknown>, approvers: readonly string[]) {
  const settings = givenSettings({ approvers, requesters: ['dev@example.com'] });
  const received = receive(givenEvent(changes));
  if (received.kind === 'refusal') return { counted: 0, codes: received.reasons.map(({ code }) => code) };
  const facts = factsOf(received, settings, now);
  return { counted: facts.counted.length, codes: reasonsToRefuse(facts).map(({ code }) => code) };
}

/** One letter of an address replaced by, or followed by, a character that is not ASCII. */
const spoilt = (whole: string) =>
  fc
    .record({
      at: fc.integer({ min: 0, max: whole.length - 2 }),
      character: fc.integer({ min: 0x80, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff),
      replaces: fc.boolean(),
    })
    .map(({ at, character, replaces }) => {
      const behind = whole.slice(at + 1);
      return (
        (replaces && at > 0 ? whole.slice(0, at) : whole.slice(0, at + 1)) +
        String.fromCodePoint(character) +
        behind
      );
    });

describe.each(Object.entries(lists))('with approvers listed as %s', (_, approvers) => {
  it('a look-alike, whatever it looks like, is refused and counts for nobody', () => {
    fc.assert(
      fc.property(spoilt(address), (approver) => {
        const { counted, codes } = answerTo({ 'detail.approvals': [by(approver)] }, approvers);
        expect(counted).toBe(0);
        expect(codes.some((code) => code === 'address-not-plain' || code === 'malformed')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a look-alike beside the one who may is refused all the same', () => {
    fc.assert(
      fc.property(spoilt(address), (approver) => {
        const { codes } = answerTo({ 'detail.approvals': [by(address), by(approver)] }, approvers);
        expect(codes).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

it('a look-alike of the requester is refused', () => {
  fc.assert(
    fc.property(spoilt('dev@example.com'), (requestedBy) => {
      expect(answerTo({ 'detail.requestedBy': requestedBy }, lists.exact).codes).not.toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it.each([
  ['zero-width space', '\u200b'],
  ['zero-width joiner', '\u200d'],
  ['zero-width no-break space', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['right-to-left override', '\u202e'],
])('an invisible character does not come through the door: %s', (_, invisible) => {
  for (const [path, text] of [
    ['detail.approvals.0.approver', `lead${invisible}@example.com`],
    ['detail.approvals.0.approver', `${invisible}lead@example.com`],
    ['detail.requestedBy', `dev@example.com${invisible}`],
  ] as const) {
    expect(answerTo({ [path]: text }, lists.both).codes).toEqual(['malformed']);
  }
});

it('the one who may, spelt as they are, is believed on each of the lists', () => {
  for (const approvers of Object.values(lists)) {
    expect(answerTo({}, approvers)).toEqual({ counted: 1, codes: [] });
  }
});
