import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { approval, expectNothingOpened, lockOut, policyAtTheEnd, story } from '../given.ts';
import { runStory } from '../run-story.ts';

type PutEvents = NonNullable<ScenarioInput['steps'][number]['putEvents']>;
type Entry = NonNullable<PutEvents['entry']>;

const entry = (changes: Partial<Entry> = {}): Entry => ({
  Source: 'acme.tickets',
  DetailType: 'Root Task Approved',
  Detail: approval(),
  ...changes,
});
const outcome = { Source: 'rootdesk', DetailType: 'Root Task Ended' };

/** All that the bus policy keeps out: none of it is on the bus, so none of it is in the trail. */
const keptOut: [string, PutEvents][] = [
  ['an administrator of the account it stands in', { as: 'insider', entry: entry() }],
  ['an administrator of the account of the ticket system', { as: 'colleague', entry: entry() }],
  ['a stranger', { as: 'stranger', entry: entry() }],
  ['an administrator who speaks as the product', { as: 'insider', entry: entry(outcome) }],
  ['the ticket system under another source', { as: 'ticketing', entry: entry({ Source: 'other.tickets' }) }],
  [
    'the ticket system under the source of the product',
    { as: 'ticketing', entry: entry({ Source: 'rootdesk' }) },
  ],
  ['the ticket system with an outcome', { as: 'ticketing', entry: entry(outcome) }],
  [
    'the ticket system with another detail-type',
    { as: 'ticketing', entry: entry({ DetailType: 'Approved' }) },
  ],
  [
    'the ticket system with a detail-type in other letters',
    { as: 'ticketing', entry: entry({ DetailType: 'root task approved' }) },
  ],
  [
    'the ticket system, when one of its entries has another source',
    { as: 'ticketing', entries: [entry(), entry({ Source: 'other.tickets' })] },
  ],
  [
    'the ticket system, when one of its entries has another detail-type',
    { as: 'ticketing', entries: [entry({ DetailType: 'Ticket Closed' }), entry()] },
  ],
  ['the ticket system without a source', { as: 'ticketing', entry: entry({ Source: undefined }) }],
  ['the ticket system without a detail-type', { as: 'ticketing', entry: entry({ DetailType: undefined }) }],
];

it.each(keptOut)('the bus takes nothing from %s', async (_, putEvents) => {
  const answer = await runStory(story([{ putEvents }]));

  expect(answer.calls).toMatchObject([
    { service: 'events', operation: 'PutEvents', allowed: false, error: 'AccessDeniedException' },
  ]);
  expect(answer.trail).toEqual([]);
  expect(answer.notifications).toEqual([]);
  expect(answer.deadLetters).toEqual([]);
  expectNothingOpened(answer);
  expect(policyAtTheEnd(answer)).toEqual(lockOut());
});
