import { isFullRun } from '../support/full.ts';
import { expectStruck, expectUnlockedOnce } from './faults/expect-right.ts';
import {
  callsOfACleanRun,
  callsOfARetry,
  callsUntilTheChange,
  faultAt,
  type LaneCall,
  laneCalls,
} from './faults/lane-calls.ts';
import type { Fault, Scene } from './scenes/scene.ts';
import { firstScene, scenesOfRun } from './scenes/scenes.ts';
import { openTheatre, type Theatre } from './scenes/theatre.ts';

const sorted = (calls: readonly object[]) => calls.map((call) => JSON.stringify(call)).sort();
const withoutWords = ({ what: _, ...call }: LaneCall) => call;

/** The first run dies when it has sent the change and AWS has not got it yet. */
const firstDeathOf = ({ service, change: operation }: Scene): Fault => ({
  service,
  operation,
  when: 'before',
  effect: 'crash',
  times: 1,
});

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const unlockUnder = (scene: Scene, faults: readonly Fault[]) =>
  theatre.play(scene, ({ send }) => [send()], faults);

describe.each(scenesOfRun)('$task: the calls of the lane', (scene) => {
  it('of a clean run are the ones below', async () => {
    const answer = await unlockUnder(scene, []);
    expect(sorted(laneCalls(answer))).toEqual(sorted(callsOfACleanRun(scene).map(withoutWords)));
    expectUnlockedOnce(answer, []);
  });

  it('of a retry are the ones below', async () => {
    const answer = await unlockUnder(scene, [firstDeathOf(scene)]);
    const both = [...callsUntilTheChange(scene), ...callsOfARetry(scene)];
    expect(sorted(laneCalls(answer))).toEqual(sorted(both.map(withoutWords)));
  });
});

/** `npm test` lets a run die around its change; the complete matrix is in `npm run test:full`. */
const ofThisRun = (scene: Scene) => (call: LaneCall) => isFullRun || call.operation === scene.change;

/**
 * To die before a call is, for the trail, to have died after the one before it: so dying after each call is enough, but
 * for the calls on the target, of which only AWS knows whether they were taken.
 */
const ownCalls = (scene: Scene) => (call: LaneCall) => call.service === scene.service;
const deathsOf = (scene: Scene) => {
  const calls = callsOfACleanRun(scene);
  return [
    ...calls.filter(ownCalls(scene)).map((call) => ({ ...call, when: 'before' as const })),
    ...calls.map((call) => ({ ...call, when: 'after' as const })),
  ];
};

describe.each(scenesOfRun)('$task: a run that dies', (scene) => {
  it.each(deathsOf(scene).filter(ofThisRun(scene)))(
    '$when $what ($operation $nth) is finished by its retry',
    async ({ when, ...call }) => {
      const fault = faultAt(call, when, 'crash');
      const answer = await unlockUnder(scene, [fault]);
      expectStruck(answer, [fault]);
      expectUnlockedOnce(answer, [fault]);
    },
  );
});

/** What a retry does before its session does not depend on the root task; what it only reads there leaves nothing. */
const secondDeathsOf = (scene: Scene) => {
  const calls = callsOfARetry(scene);
  const session = calls.findIndex(ownCalls(scene));
  const opening = calls
    .slice(0, session)
    .filter(({ operation }) => !['GetParameter', 'Query', 'GetItem'].includes(operation));
  return [...(scene === firstScene ? opening : []), ...calls.slice(session)];
};

describe.each(scenesOfRun)('$task: a retry that dies after', (scene) => {
  it.each(secondDeathsOf(scene).filter(ofThisRun(scene)))(
    '$what ($operation $nth) is finished by the next',
    async (call) => {
      const firstDeath = firstDeathOf(scene);
      const fault = faultAt(call, 'after', 'crash');
      const answer = await unlockUnder(scene, [firstDeath, fault]);
      expectStruck(answer, [firstDeath, fault]);
      expectUnlockedOnce(answer, [fault]);
    },
  );
});
