import { createClock } from '../../sandbox/clock.ts';

const start = Date.parse('2026-11-20T10:00:00Z');

it('shows the real time at first where no time is given', () => {
  const before = Date.now();
  const shown = createClock().now();
  expect(shown).toBeGreaterThanOrEqual(before);
  expect(shown).toBeLessThanOrEqual(Date.now());
});

it('stands still until it is moved', async () => {
  const clock = createClock(start);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.now()).toBe(start);
  clock.advance(5);
  expect(clock.now()).toBe(start + 5);
});

it('moves forward, never back', () => {
  const clock = createClock(start);
  clock.advance(3_600_000);
  expect(clock.now() - start).toBeGreaterThanOrEqual(3_600_000);
  expect(() => clock.advance(-1)).toThrow(/forward/);
  expect(() => clock.advance(Number.NaN)).toThrow(/forward/);
});

it('is moved by whoever shares its offset', () => {
  const clock = createClock(start);
  const offset = new Float64Array(clock.shared);
  offset[0] = (offset[0] ?? 0) + 5000;
  expect(clock.now() - start).toBeGreaterThanOrEqual(5000);
});

it('runs what is scheduled in its order, what is added on the way too, each at its time', async () => {
  const clock = createClock(start);
  const seen: [string, number][] = [];
  const note = (what: string) => async () => {
    seen.push([what, Math.round((clock.now() - start) / 1000)]);
  };
  clock.schedule(start + 20_000, 'second', note('second'));
  clock.schedule(start + 10_000, 'first', async () => {
    await note('first')();
    clock.schedule(start + 10_000, 'at once', note('at once'));
  });
  clock.schedule(start + 90_000, 'late', note('late'));
  await clock.runDue(start + 60_000);
  expect(seen).toEqual([
    ['first', 10],
    ['at once', 10],
    ['second', 20],
  ]);
  await clock.runDue();
  expect(seen.at(-1)).toEqual(['late', 90]);
});

it('says what failed', async () => {
  const clock = createClock(start);
  clock.schedule(start, 'the retry of unlock', () => Promise.reject(new Error('no')));
  await expect(clock.runDue()).rejects.toThrow(/the retry of unlock/);
});
