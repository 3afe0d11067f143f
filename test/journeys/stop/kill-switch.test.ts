import type { CallRecord } from '../../../sandbox/parts.ts';
import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { expectNothingWaits, expectToldOnce, openPlay, type Play } from '../ends-somewhere/play.ts';
import { callsOf } from '../given.ts';
import type { Scene } from '../scenes/scene.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import { deleteSwitch, start, stop } from './switch.ts';

let onCall: ((call: CallRecord) => void) | null = null;
let play: Play;
beforeAll(async () => {
  play = await openPlay({}, (call) => onCall?.(call));
});
afterAll(() => play.close());
beforeEach(() => play.play(start));
afterEach(() => {
  onCall = null;
  play.faults();
});

/** Root sessions that were opened and changes that were made so far. */
async function done({ service, change }: Scene) {
  const answer = await play.answer();
  return { opened: callsOf(answer, 'sts', 'AssumeRoot'), changed: callsOf(answer, service, change) };
}

describe.each(everyScene)('$task, stopped before its event comes', (scene) => {
  it('is refused, recorded and told, is not executed after the start, and goes through when it is sent again', async () => {
    const ticket = play.next(scene);
    const before = await done(scene);
    await play.play(stop, ticket.send());

    const refusal = await expectToldOnce(play, ticket);
    expect(refusal).toMatchObject({ kind: 'refused', code: 'root-tasks-stopped' });
    expect(refusal.summary).toContain('/rootdesk/root-tasks');
    expect(await done(scene)).toEqual(before);

    await play.play(start, { advanceClock: 'PT2H' });
    expect((await play.of(ticket)).trail).toEqual([refusal]);
    expect(await done(scene)).toEqual(before);

    await play.play(ticket.send());
    expect((await play.of(ticket)).endings).toMatchObject([refusal, { ending: 'succeeded' }]);
    expect(await done(scene)).toEqual({ opened: before.opened + 1, changed: before.changed + 1 });
    await expectNothingWaits(play);
  });

  it('a rehearsal is refused as well: it would open a session', async () => {
    const ticket = play.next(scene);
    const before = await done(scene);
    await play.play(stop, ticket.send({ dryRun: true }));

    expect(await expectToldOnce(play, ticket)).toMatchObject({ code: 'root-tasks-stopped' });
    expect(await done(scene)).toEqual(before);
  });
});

describe('stopped while a run waits for its retry', () => {
  it('after `approved`: the retry ends as stopped and opens nothing', async () => {
    const ticket = play.next();
    const before = await done(firstScene);
    play.faults({ service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'serverError', times: 5 });
    await play.play(ticket.send({}, { settleFor: 'PT20S' }), stop);
    await play.world.settle();

    expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(await done(firstScene)).toEqual(before);
    await play.play(start, { advanceClock: 'PT1H' });
    await expectToldOnce(play, ticket);
  });

  it('after `acting`: the retry ends as stopped, and no second session is opened to look', async () => {
    const ticket = play.next();
    const before = await done(firstScene);
    const { service, change } = firstScene;
    play.faults({ service, operation: change, when: 'before', effect: 'crash' });
    await play.play(ticket.send({}, { settleFor: 'PT20S' }), stop);
    await play.world.settle();

    expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(await done(firstScene)).toEqual({ opened: before.opened + 1, changed: before.changed });
  });
});

describe('stopped between `approved` and AssumeRoot', () => {
  it('the last reading sees it: failed, nothing opened', async () => {
    const ticket = play.next();
    const before = await done(firstScene);
    const [step] = parseScenario({ steps: [stop] }).steps;
    const stopping: Promise<void>[] = [];
    // The hop to the task role gets no answer for ten seconds. Somebody stops everything meanwhile.
    play.faults({ service: 'sts', operation: 'AssumeRole', when: 'before', effect: 'timeout', times: 2 });
    onCall = ({ operation }) => {
      if (operation !== 'GetParameter' || stopping.length > 0 || step?.setParameter === undefined) return;
      stopping.push(playStep({ ...play.stage, world: { ...play.world, settle: async () => {} } }, step));
    };
    await play.play(ticket.send());
    await Promise.all(stopping);

    expect(stopping).toHaveLength(1);
    expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(await done(firstScene)).toEqual(before);
  });

  it('the last reading cannot be made: that counts as stopped', async () => {
    const ticket = play.next();
    const before = await done(firstScene);
    play.faults({
      service: 'ssm',
      operation: 'GetParameter',
      when: 'before',
      effect: 'throttle',
      times: 5,
      skip: 1,
    });
    await play.play(ticket.send());

    expect((await play.of(ticket)).trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'failed', code: 'stopped' });
    expect(await done(firstScene)).toEqual(before);
  });
});

describe('a switch that says nothing', () => {
  it.each(['throttle', 'serverError', 'timeout'] as const)(
    'that cannot be read (%s) means stopped',
    async (effect) => {
      const ticket = play.next();
      const before = await done(firstScene);
      play.faults({ service: 'ssm', operation: 'GetParameter', when: 'before', effect, times: 5 });
      await play.play(ticket.send());

      const refusal = await expectToldOnce(play, ticket);
      expect(refusal).toMatchObject({ kind: 'refused', code: 'root-tasks-stopped' });
      expect(refusal.summary).toContain('could not be read');
      expect(await done(firstScene)).toEqual(before);
    },
  );

  it('that is read at the fifth try means what it says', async () => {
    const ticket = play.next();
    play.faults({ service: 'ssm', operation: 'GetParameter', when: 'before', effect: 'throttle', times: 4 });
    await play.play(ticket.send());

    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
  });

  it('takes no other word: the parameter refuses it, and all goes on as before', async () => {
    await play.play({ setParameter: { as: 'insider', value: 'stop please' } });
    const { calls } = await play.answer();
    expect(calls.findLast(({ operation }) => operation === 'PutParameter')).toMatchObject({
      error: 'ParameterPatternMismatchException',
    });

    const ticket = play.next();
    await play.play(ticket.send());
    expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
  });

  it.each(['colleague', 'stranger', 'ticketing'] as const)(
    '%s of another account does not move it',
    async (as) => {
      await play.play({ setParameter: { as, value: 'stopped' } });

      const ticket = play.next();
      await play.play(ticket.send());
      expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
    },
  );
});

it('what has ended before the stop is answered as it ended', async () => {
  const ticket = play.next();
  await play.play(ticket.send(), stop, ticket.send());

  expect(await expectToldOnce(play, ticket)).toMatchObject({ ending: 'succeeded' });
});

// The last: the switch does not come back.
it('a switch that is deleted means stopped', async () => {
  const ticket = play.next();
  await deleteSwitch(play.world);
  await play.play(ticket.send());

  const refusal = await expectToldOnce(play, ticket);
  expect(refusal).toMatchObject({ kind: 'refused', code: 'root-tasks-stopped' });
  expect(refusal.summary).toContain('ParameterNotFound');
});
