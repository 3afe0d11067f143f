import { everyScene, firstScene } from '../scenes/scenes.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { failuresOf, lastEvent } from './failure-messages.ts';
import { expectNothingWaits, expectToldOnce, openPlay, type Play } from './play.ts';

let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());
afterEach(() => play.faults());

/** The role that the settings let deploy: the one that may also put a message back. */
const deployer = 'arn:aws:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1';
const redrive = { redrive: { as: deployer, queue: 'parking' } } as const;
const parked = async () => (await play.answer()).parked;

/** The whole of DynamoDB does not answer: neither lane, nor give-up, nor sweep gets anything done. */
const tablesDown = {
  service: 'dynamodb',
  operation: '*',
  when: 'before',
  effect: 'serverError',
  rate: 1,
} as const;

/** Everything failed until the message was parked. */
async function park(ticket: Ticket): Promise<void> {
  play.faults(tablesDown);
  await play.play(ticket.send({}, { settleFor: 'PT30M' }));
  play.faults();
  expect(await parked()).toMatchObject([
    { body: { requestPayload: { detail: { ticket: { id: ticket.id } } } } },
  ]);
}

it.each(everyScene)(
  'the tables are down for every try and the give-up ($task): parked, and ended once it is moved back',
  async (scene) => {
    const ticket = play.next(scene);
    await park(ticket);
    expect((await play.of(ticket)).trail).toEqual([]);

    await play.play(redrive);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ kind: 'refused', code: 'never-begun' });
    await expectNothingWaits(play);

    await play.play(redrive, { advanceClock: 'PT1H' });
    await expectToldOnce(play, ticket);
  },
);

it('an approval that was begun before the tables went down is failed once it is moved back', async () => {
  const ticket = play.next();
  play.faults({ service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'serverError', times: 9 });
  await play.play(ticket.send({}, { settleFor: 'PT20S' }));
  expect((await play.of(ticket)).trail).toHaveLength(1);
  play.faults(tablesDown);
  await play.play({ advanceClock: 'PT30M' });
  play.faults();

  expect(await parked()).toHaveLength(1);
  await play.play(redrive);
  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'gave-up' });
  await expectNothingWaits(play);
});

it('a message that is moved back after the sweep has ended its request changes nothing', async () => {
  const ticket = play.next();
  play.faults({ service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'serverError', times: 9 });
  await play.play(ticket.send({}, { settleFor: 'PT20S' }));
  play.faults(tablesDown);
  await play.play({ advanceClock: 'PT30M' });
  play.faults();
  await play.play({ advanceClock: 'PT30M' });
  const ending = await expectToldOnce(play, ticket);
  expect(ending.summary).toContain('has not moved for 15 minutes');

  expect(await parked()).toHaveLength(1);
  await play.play(redrive);
  expect(await expectToldOnce(play, ticket)).toEqual(ending);
  await expectNothingWaits(play);
});

describe('a message that nobody can make anything of', () => {
  const failures = () => failuresOf(play.world, firstScene);
  const nothingAdded = async (send: () => void) => {
    const before = (await play.answer()).trail;
    send();
    await play.world.settle();
    expect((await play.answer()).trail).toEqual(before);
  };

  it('nonsense is parked, and comes back however often it is moved', async () => {
    await nothingAdded(() => failures().send('nonsense'));
    expect(await parked()).toMatchObject([{ body: 'nonsense' }]);

    await play.play(redrive);
    expect(await parked()).toMatchObject([{ body: 'nonsense' }]);
  });

  it("another lane's approval is parked: this lane did not put it there", async () => {
    const [, second = firstScene] = everyScene;
    const ticket = play.next(second);
    await play.play(ticket.send({ requestedBy: 'lead@example.com' }));
    const event = lastEvent(play.world);
    const before = (await parked()).length;
    await nothingAdded(() => failures().gaveUp(event));

    expect(await parked()).toHaveLength(before + 1);
    expect((await play.of(ticket)).trail).toMatchObject([{ kind: 'refused', code: 'requester-approved' }]);
  });
});

it('nobody but the deployment role moves messages back: a made-up one would end a request', async () => {
  const before = await parked();
  await play.play({ redrive: { as: 'insider', queue: 'parking' } });

  expect(await parked()).toEqual(before);
  const calls = (await play.answer()).calls.filter(({ operation }) => operation === 'StartMessageMoveTask');
  expect(calls.at(-1)).toMatchObject({ allowed: false });
});
