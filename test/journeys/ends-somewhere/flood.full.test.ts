import { entryOf } from '../scenes/ticket.ts';
import { expectNothingWaits, expectToldOnce, openPlay, type Play } from './play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());

const refusals = 500;
/** As many entries as one call of PutEvents takes. */
const atOnce = 10;

it('500 refusals do not drown one ending: it is told by itself, and every refusal is named in some message', async () => {
  const honest = play.next();
  const wrong = Array.from({ length: refusals }, (_, nth) => {
    const ticket = honest.another(`X${nth}`);
    // Some reach the lane, most the refusals.
    return entryOf(
      ticket.approval(nth % 10 === 0 ? { requestedBy: 'lead@example.com' } : { task: 'unlock-everything' }),
    );
  });
  const entries = wrong.toSpliced(refusals / 2, 0, entryOf(honest.approval()));
  const [bus] = play.world.deployment.buses;
  for (let from = 0; from < entries.length; from += atOnce) {
    const some = entries.slice(from, from + atOnce);
    await play.world.putEvents(
      play.stage.senderRoleArn,
      some.map(({ Detail, ...rest }) => ({
        ...rest,
        EventBusName: bus?.arn,
        Detail: JSON.stringify(Detail),
      })),
      1,
    );
  }
  await play.world.settle();

  // The ending did not wait for any of them.
  const ending = await expectToldOnce(play, honest);
  expect(ending).toMatchObject({ ending: 'succeeded' });

  await play.play({ advanceClock: 'PT31M' });
  const { trail, notifications, outcomes } = await play.answer();
  const refused = trail.filter(({ kind }) => kind === 'refused');
  expect(refused).toHaveLength(refusals);
  expect(outcomes).toHaveLength(refusals + 1);
  expect(notifications.length).toBeLessThan(40);
  expect(notifications.filter(({ subject }) => subject?.includes('succeeded'))).toHaveLength(1);
  const told = notifications.map(({ message }) => message).join('\n');
  expect(refused.filter(({ requestId }) => !told.includes(requestId))).toEqual([]);
  // Each is named once: a digest does not repeat what a message of its own has told.
  const named = refused.map(({ requestId }) => told.split(requestId).length - 1);
  expect(named.filter((times) => times > 1)).toEqual([]);
  await expectNothingWaits(play);
});
