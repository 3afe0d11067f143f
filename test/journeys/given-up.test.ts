import { callsOf, endings, expectNothingOpened, expectToldOnce } from './given.ts';
import type { Fault } from './scenes/scene.ts';
import { everyScene } from './scenes/scenes.ts';
import { openTheatre, type Theatre } from './scenes/theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** A fault of AssumeRoot that outlasts every try. */
const always = (effect: Fault['effect']): Fault => ({
  service: 'sts',
  operation: 'AssumeRoot',
  when: 'before',
  effect,
  times: 1000,
});
const effects = ['crash', 'throttle', 'serverError', 'timeout'] as const;

it.each(everyScene.flatMap((scene) => effects.map((effect) => ({ scene, task: scene.task, effect }))))(
  '$task: a $effect that never stops is given up, nothing done, and the ending says what it was',
  async ({ scene, effect }) => {
    const answer = await theatre.play(scene, ({ send }) => [send()], [always(effect)]);

    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
    expectNothingOpened(answer);
    expect(callsOf(answer, 'sts', 'AssumeRole')).toBeGreaterThan(1);
    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(endings(answer)).toMatchObject([
      {
        ending: 'failed',
        code: 'gave-up',
        summary: expect.stringMatching(/before anything was changed. Said last: \w+/),
      },
    ]);
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
    expect(answer.parked).toEqual([]);
  },
);
