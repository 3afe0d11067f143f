import type { Answer } from '../../sandbox/scenario/answer.ts';
import { callsOf, endings, expectNothingOpened, expectToldOnce } from './given.ts';
import type { Scene } from './scenes/scene.ts';
import { scenesOfRun } from './scenes/scenes.ts';
import { openTheatre, type Played, type Theatre } from './scenes/theatre.ts';
import type { Ticket } from './scenes/ticket.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const changesIn = (answer: Answer, { service, change }: Scene) => callsOf(answer, service, change);
const inOrder = (answer: Answer) => endings(answer).map(({ ending }) => ending);
const lockOutOf = ({ scene, target }: Ticket) => scene.lockOut(target);

/** One chain, one unlock, one ending, told once. */
function expectOneEffect(answer: Played) {
  expect(changesIn(answer, answer.ticket.scene)).toBe(1);
  expect(inOrder(answer)).toEqual(['succeeded']);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expect(answer.deadLetters).toEqual([]);
  expectToldOnce(answer);
}

/** The lock that was put there afterwards is still there: the ticket had taken effect before. */
function expectLockedAgain({ policy, ticket }: Played) {
  expect(policy).toEqual(lockOutOf(ticket));
}

describe.each(scenesOfRun)('$task: an approval takes effect once', (scene) => {
  it('when it is delivered 50 times at once', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send({}, { deliveries: 50 })]);

    expectOneEffect(answer);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
  });

  it('when its ticket system sends it again, and the target is locked again', async () => {
    const answer = await theatre.play(scene, ({ lockedAgain, send }) => [send(), lockedAgain, send()]);

    expectOneEffect(answer);
    expectLockedAgain(answer);
  });

  it.each<[string, (ticket: Ticket) => Record<string, unknown>]>([
    ['the ticket system in capitals', ({ reference }) => ({ ticket: { ...reference, system: 'Jira' } })],
    [
      'the ticket in lower case',
      ({ reference }) => ({ ticket: { ...reference, id: reference.id.toLowerCase() } }),
    ],
    [
      'the approver in capitals',
      ({ approvals }) => ({ approvals: approvals(['LEAD@example.com', '-PT2M']) }),
    ],
    [
      'the approval in another time zone',
      ({ at }) => ({
        approvals: [{ approver: 'lead@example.com', approvedAt: at('PT58M').replace('Z', '+01:00') }],
      }),
    ],
  ])('when it is spelt otherwise: %s', async (_, spelt) => {
    const answer = await theatre.play(scene, (ticket) => [
      ticket.send(),
      ticket.lockedAgain,
      ticket.send(spelt(ticket)),
    ]);

    expectOneEffect(answer);
    expectLockedAgain(answer);
  });

  it('when a second approver clicks later', async () => {
    const answer = await theatre.play(scene, ({ approvals, lockedAgain, send }) => [
      send(),
      lockedAgain,
      { advanceClock: 'PT30M' },
      send({ approvals: approvals(['lead@example.com', '-PT2M'], ['second.lead@example.com', 'PT20M']) }),
    ]);

    expect(changesIn(answer, scene)).toBe(1);
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded' },
      { ending: 'refused', code: 'approval-already-used' },
    ]);
    expectLockedAgain(answer);
  });

  it('when its detail was changed since', async () => {
    const answer = await theatre.play(scene, ({ lockedAgain, send }) => [
      send(),
      lockedAgain,
      send({ reason: 'Something else' }),
    ]);

    expect(changesIn(answer, scene)).toBe(1);
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded' },
      { ending: 'refused', code: 'changed-after-approval' },
    ]);
    expect(answer.trail.at(-1)?.refusedRequestId).toBe(answer.trail[0]?.requestId);
    expectLockedAgain(answer);
  });
});

/** The lock has forgotten all of it by then, and the trail has not. A year passes once: it takes its time. */
describe('a year later', () => {
  const comesAgain: readonly [string, Record<string, unknown>, string[]][] = [
    ['as it was: the trail answers', {}, []],
    ['with another detail: it is refused as too old', { reason: 'Something else' }, ['approval-too-old']],
  ];
  const cases = scenesOfRun.flatMap((scene) =>
    comesAgain.map(([how, changes, codes]) => ({ task: scene.task, scene, how, changes, codes })),
  );
  const played = new Map<(typeof cases)[number], Played>();
  beforeAll(async () => {
    for (const one of cases)
      played.set(one, await theatre.play(one.scene, ({ lockedAgain, send }) => [send(), lockedAgain]));
    await theatre.pass('P366D');
  });

  it.each(cases)('$task: an approval comes again $how, and no session is opened', async (one) => {
    const first = played.get(one);
    if (first === undefined) throw new Error('it was played before');
    expectOneEffect(first);
    const { ticket } = first;
    const again = await theatre.goOn(ticket, [ticket.send(one.changes)]);

    expect(endings(again).map(({ code }) => code)).toEqual(one.codes);
    expectNothingOpened(again);
    expect(callsOf(again, 'sts', 'AssumeRole')).toBe(0);
    expectToldOnce(again);
    expectLockedAgain(again);
  });
});

describe.each(scenesOfRun)('$task: approving again', (scene) => {
  it('is a new request', async () => {
    const answer = await theatre.play(scene, ({ approvals, lockedAgain, send }) => [
      send(),
      lockedAgain,
      { advanceClock: 'PT1H' },
      send({ approvals: approvals(['lead@example.com', 'PT30M']) }),
    ]);

    expect(inOrder(answer)).toEqual(['succeeded', 'succeeded']);
    expect(answer.policy).toBeNull();
  });
});

describe.each(scenesOfRun)('$task: a refusal', (scene) => {
  const wrong = { requestedBy: 'lead@example.com' };

  it('uses nothing up: the event goes through once it is right', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send(wrong), send()]);

    expect(inOrder(answer)).toEqual(['refused', 'succeeded']);
    expect(answer.policy).toBeNull();
  });

  it('leaves one entry, however often its event is delivered', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send(wrong, { deliveries: 10 })]);

    expect(answer.trail).toHaveLength(1);
    expectToldOnce(answer);
    expectNothingOpened(answer);
  });
});

describe.each(scenesOfRun)('$task: a retry', (scene) => {
  it('finishes what was approved in time, though the approval has aged out meanwhile', async () => {
    const crash = {
      service: scene.service,
      operation: scene.change,
      when: 'before',
      effect: 'crash',
    } as const;
    const answer = await theatre.play(
      scene,
      ({ approvals, send }) => [send({ approvals: approvals(['lead@example.com', '-PT23H59M30S']) })],
      [crash],
    );

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'acting', 'ended']);
    expect(changesIn(answer, scene)).toBe(1);
    expect(inOrder(answer)).toEqual(['succeeded']);
    expectToldOnce(answer);
    expect(answer.policy).toBeNull();
  });
});
