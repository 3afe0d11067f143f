import { rootTasks } from '../../../contract/root-tasks.ts';
import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import { openTheatre, type Plot, type Theatre } from '../scenes/theatre.ts';
import { entryOf, type Ticket } from '../scenes/ticket.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
/** Of many refusals in five minutes, on-call is told together. */
beforeEach(() => theatre.pass('PT5M'));
afterAll(() => theatre.close());

/** The ticket system sends this text or object, whatever it is. */
const sends = (detail: unknown): Plot => [{ putEvents: { as: 'ticketing', entry: entryOf(detail) } }];
const asText = (ticket: Ticket) => JSON.stringify(ticket.approval());

describe('an event that no lane takes', () => {
  const unreadable: readonly (readonly [string, (ticket: Ticket) => unknown])[] = [
    ['a task that does not exist', ({ approval }) => approval({ task: 'unlock-everything' })],
    ['no task at all', () => ({ hello: 'world' })],
    ['a task that is a list', ({ approval }) => approval({ task: Object.keys(rootTasks) })],
    ['a task that is an object', ({ approval }) => approval({ task: { name: 'unlock-s3-bucket' } })],
    ['an empty detail', () => ({})],
  ];

  it.each(unreadable)('is refused all the same, and somebody is told: %s', async (_, detailOf) => {
    const answer = await theatre.play(firstScene, (ticket) => sends(detailOf(ticket)));

    expect(answer.trail).toHaveLength(1);
    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'malformed' }]);
    expectToldOnce(answer);
    expectNothingOpened(answer);
  });

  it('is refused though it holds a number that no computer holds', async () => {
    const answer = await theatre.play(firstScene, (ticket) =>
      sends(asText(ticket).replace('"dryRun":false', '"dryRun":1e400')),
    );

    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'malformed' }]);
    expect(answer.deadLetters).toEqual([]);
  });

  it.each(everyScene)(
    'is carried out or refused, never both, when its task stands there twice: $task',
    async (scene) => {
      const answer = await theatre.play(scene, (ticket) =>
        sends(asText(ticket).replace('"task":', '"task":"delete-root-credentials","task":')),
      );

      expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
      expect(answer.deadLetters).toEqual([]);
      expectToldOnce(answer);
    },
  );

  it.each(everyScene)(
    'is kept as its beginning and its sha256 when it is too large: $task',
    async (scene) => {
      const answer = await theatre.play(scene, ({ send }) => [send({ reason: 'x'.repeat(40_000) })]);

      const [refused] = endings(answer);
      expect(refused).toMatchObject({ code: 'too-large', received: { truncated: true } });
      if (refused?.kind !== 'refused') throw new Error('not refused');
      expect(refused.received.text).toHaveLength(1024);
      expect(refused.received.bytes).toBeGreaterThan(40_000);
      expectToldOnce(answer);
    },
  );
});

describe('an event that does not come over the bus', () => {
  it.each(everyScene)(
    'an administrator who invokes $task with a made-up event is held to the rules, and recorded',
    async (scene) => {
      const answer = await theatre.play(scene, ({ approval, at }) => {
        const event = {
          version: '0',
          id: crypto.randomUUID(),
          'detail-type': 'Root Task Approved',
          source: 'acme.tickets',
          account: '222222222222',
          time: at('PT0S'),
          region: 'eu-central-1',
          resources: [],
          detail: approval(),
        };
        return [{ invoke: { as: 'insider', function: scene.task, event } }];
      });

      expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'wrong-sender-account' }]);
      expectNothingOpened(answer);
    },
  );
});
