import { randomUUID } from 'node:crypto';
import { rootTasks } from '../../../contract/root-tasks.ts';
import { callsOf, endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import { expectDoneOnce } from './expect-done.ts';
import { askedParts, everyPart, leaveClosed, type Part } from './parts.ts';
import { openTheatre, type Played, type Theatre } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const ofRoot = ({ calls }: Played) => calls.filter(({ principal }) => principal.endsWith(':root'));
const changesIn = ({ calls }: Played, { changes }: Part) =>
  calls.filter(({ operation }) => Object.keys(changes).includes(operation));
const codes = (answer: Played) => endings(answer).map(({ code }) => code);

it.each(everyPart)(
  '$task: is carried out, in one session under its task policy, and told once',
  async (part) => {
    const answer = await part.play(theatre);

    expectDoneOnce(answer, part);
    expect(answer.calls.filter(({ operation }) => operation === 'AssumeRoot')).toMatchObject([
      { resource: `arn:aws:iam::${answer.ticket.accountId}:root`, allowed: true },
    ]);
    expect(JSON.stringify(answer.trail)).toContain(rootTasks[part.task].taskPolicy);
    for (const { principal, service } of ofRoot(answer))
      expect({ principal, service }).toEqual({
        principal: `arn:aws:iam::${answer.ticket.accountId}:root`,
        service: 'iam',
      });
    await leaveClosed(theatre, answer);
  },
);

/** An audit reads, whatever there is: it always has something to do. */
const idle = askedParts.flatMap((part) =>
  part.nothing === null ? [] : [{ ...part.nothing, task: part.task, part }],
);

it.each(idle)('$task: without anything to do it ends so ($code)', async ({ code, part, task, user }) => {
  const answer = await theatre.play(task, user, ({ send }) => [send()]);

  expect(endings(answer)).toMatchObject([{ ending: 'nothing-to-do', code }]);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
  expect(changesIn(answer, part)).toEqual([]);
  expect(answer.schedules).toEqual([]);
  expect(answer.user).toEqual(user(answer.ticket.accountId));
  expectToldOnce(answer);
});

describe.each(askedParts)('$task', (part) => {
  const { task, userBefore } = part;
  it('a rehearsal changes nothing and uses nothing up: the real one follows', async () => {
    const rehearsal = await theatre.play(task, userBefore, ({ send }) => [send({ dryRun: true })]);

    expect(endings(rehearsal)).toMatchObject([{ ending: 'rehearsed', code: part.rehearsedCode }]);
    expect(rehearsal.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(changesIn(rehearsal, part)).toEqual([]);
    expect(rehearsal.user).toEqual(userBefore(rehearsal.ticket.accountId));
    expectToldOnce(rehearsal);
    const real = await theatre.goOn(rehearsal.ticket, [rehearsal.ticket.send()]);
    expectDoneOnce(real, part);
    await leaveClosed(theatre, real);
  });

  it('happens once when it is delivered ten times, two of it sent at once, and once more when it is over', async () => {
    const answer = await theatre.play(task, userBefore, ({ send }) => [
      [send({}, { deliveries: 10 }), send()],
      send(),
    ]);

    expectDoneOnce(answer, part);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    await leaveClosed(theatre, answer);
  });

  it('is refused when it is replayed from an archive', async () => {
    const { ticket } = await theatre.play(task, userBefore, () => []);
    const { clock, deployment } = theatre.world;
    theatre.world.replay(
      deployment.buses[0]?.name ?? '',
      {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Root Task Approved',
        source: 'acme.tickets',
        account: '333333333333',
        time: new Date(clock.now()).toISOString(),
        region: deployment.region,
        resources: [],
        detail: ticket.approval(),
      },
      'last-week',
    );
    const answer = await theatre.goOn(ticket, [{ advanceClock: 'PT1S' }]);

    expect(codes(answer)).toEqual(['replayed']);
    expectNothingOpened(answer);
    expect(answer.user).toEqual(userBefore(ticket.accountId));
  });

  it('is refused when it has aged out, when its requester approved, and when its settings are not understood', async () => {
    const refusals: readonly (readonly [string, (at: Played['ticket']) => object])[] = [
      [
        'approval-too-old',
        ({ approvals }) => ({
          approvals: approvals(['lead@example.com', '-PT25H'], ['second.lead@example.com', '-PT25H']),
        }),
      ],
      ['requester-approved', () => ({ requestedBy: 'lead@example.com' })],
      ['malformed', () => ({ keepIfUsedWithinYears: 1 })],
      ['management-account-target', () => ({ target: { accountId: '111111111111' } })],
      ['own-account', () => ({ target: { accountId: '222222222222' } })],
    ];
    const answer = await theatre.play(task, userBefore, (ticket) =>
      refusals.map(([, changes]) => ticket.send({ ...changes(ticket) })),
    );

    expect(codes(answer)).toEqual(refusals.map(([code]) => code));
    expectNothingOpened(answer);
    expect(answer.user).toEqual(userBefore(answer.ticket.accountId));
  });
});

/** The lock has forgotten all of it by then, and the trail has not. */
describe('a month later', () => {
  const played = new Map<string, Played>();
  beforeAll(async () => {
    for (const part of askedParts) {
      const answer = await part.play(theatre);
      await leaveClosed(theatre, answer);
      // Somebody has made credentials since: nothing of them may be touched.
      await theatre.goOn(answer.ticket, [answer.ticket.makes({ accessKey: { id: 'AKIASINCEEXAMPLE0001' } })]);
      played.set(part.task, answer);
    }
    await theatre.pass('P32D');
  });

  it.each(askedParts)('$task: the trail answers, nothing is opened and nobody is told', async ({ task }) => {
    const first = played.get(task);
    if (first === undefined) throw new Error('it was played before');
    const again = await theatre.goOn(first.ticket, [first.ticket.send()]);

    expect(again.trail).toEqual([]);
    expectNothingOpened(again);
    expect(callsOf(again, 'sts', 'AssumeRole')).toBe(0);
    expectToldOnce(again);
    expect(again.user.accessKeys.map(({ id }) => id)).toContain('AKIASINCEEXAMPLE0001');
  });
});
