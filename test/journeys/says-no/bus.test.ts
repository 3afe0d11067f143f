import { expectNothingOpened } from '../given.ts';
import type { Step } from '../scenes/scene.ts';
import { firstScene } from '../scenes/scenes.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import { ticketOf } from '../scenes/ticket.ts';

type PutEvents = NonNullable<Step['putEvents']>;
type Entry = NonNullable<PutEvents['entry']>;

/** The bus does not look into an approval, whatever it asks for: one root task's is as good as another's. */
const { approval } = ticketOf(firstScene, 1, Date.parse('2026-11-20T10:00:00Z'));

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

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

it.each(keptOut)('the bus takes nothing from %s', async (_, putEvents) => {
  const answer = await theatre.play(firstScene, () => [{ putEvents }]);

  expect(answer.calls).toMatchObject([
    { service: 'events', operation: 'PutEvents', allowed: false, error: 'AccessDeniedException' },
  ]);
  expect(answer.trail).toEqual([]);
  expect(answer.notifications).toEqual([]);
  expect(answer.deadLetters).toEqual([]);
  expectNothingOpened(answer);
  expect(answer.policy).toEqual(firstScene.lockOut(answer.ticket.target));
});
