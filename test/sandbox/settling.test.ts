import { createClock } from '../../sandbox/clock.ts';
import { createSettling } from '../../sandbox/settling.ts';

const start = Date.parse('2026-11-20T10:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;

function given() {
  const clock = createClock(start);
  const settling = createSettling(clock);
  const seen: string[] = [];
  const minutes = () => Math.round((clock.now() - start) / minute);
  const note = (what: string) => async () => void seen.push(`${minutes()} ${what}`);
  return { clock, settling, seen, minutes, note };
}

it('does what waits and what recurs in the order of their times', async () => {
  const { settling, seen, note } = given();
  settling.every({ firstAt: start + 2 * minute, periodMs: 2 * minute }, note('sweep'));
  settling.later(start + minute, 'retry', note('retry'));
  settling.later(start + 3 * minute, 'retry', note('retry'));

  await settling.settle();

  expect(seen).toEqual(['1 retry', '2 sweep', '3 retry']);
});

it('is at rest when nothing but what recurs is to come', async () => {
  const { settling, seen, note, minutes } = given();
  settling.every({ firstAt: start + minute, periodMs: minute }, note('sweep'));

  await settling.settle();

  expect(seen).toEqual([]);
  expect(minutes()).toBe(0);
});

it('does not go on to what recurs for the sake of what waits beyond the end', async () => {
  const { settling, seen, note } = given();
  settling.every({ firstAt: start + minute, periodMs: minute }, note('sweep'));
  settling.later(start + 10 * minute, 'retry', note('retry'));

  await settling.settle(start + 5 * minute);

  expect(seen).toEqual([]);
});

it('lets what a firing set off come to rest before the next one, as far as its time allows', async () => {
  const { clock, settling, seen, note } = given();
  settling.every({ firstAt: start + 10 * minute, periodMs: 10 * minute }, async () => {
    await note('sweep')();
    settling.later(clock.now() + minute, 'retry', note('retry'));
    settling.later(clock.now() + 15 * minute, 'late retry', note('late retry'));
  });

  await settling.advance(20 * minute);

  // The late retries are due after the sweep of minute 30, and a world at rest does not go on to that.
  expect(seen).toEqual(['10 sweep', '11 retry', '20 sweep', '21 retry', '25 late retry']);
});

it('makes up for what the clock has passed meanwhile', async () => {
  const { clock, settling, seen, note } = given();
  settling.every({ firstAt: start + minute, periodMs: 10 * minute }, note('sweep'));
  settling.begin(Promise.resolve().then(() => clock.advance(2 * minute)));

  await settling.settle();

  expect(seen).toEqual(['2 sweep']);
});

it('of a long row it does the first 24 and the last 4 within one advance', async () => {
  const { settling, seen, note, minutes } = given();
  settling.every({ firstAt: start + 15 * minute, periodMs: 15 * minute }, note('sweep'));

  await settling.advance(365 * day);

  const times = seen.map((line) => Number.parseInt(line, 10));
  const year = (365 * day) / minute;
  expect(times).toEqual([
    ...Array.from({ length: 24 }, (_, index) => 15 * (index + 1)),
    ...[45, 30, 15, 0].map((before) => year - before),
  ]);
  expect(minutes()).toBe(year);

  await settling.advance(30 * minute);
  expect(seen).toHaveLength(30);
});

it('does once what has no period, and nothing that was taken out', async () => {
  const { settling, seen, note } = given();
  settling.every({ firstAt: start + minute, periodMs: Number.POSITIVE_INFINITY }, note('once'));
  const end = settling.every({ firstAt: start + minute, periodMs: minute }, note('taken out'));
  end();

  await settling.advance(10 * minute);
  await settling.advance(day);

  expect(seen).toEqual(['1 once']);
});

it('does all of a row of 28', async () => {
  const { settling, seen, note } = given();
  settling.every({ firstAt: start + minute, periodMs: minute }, note('sweep'));

  await settling.advance(28 * minute);

  expect(seen).toHaveLength(28);
});

it('comes to rest even where each firing sets off what waits for longer than until the next', async () => {
  const { clock, settling, seen, note } = given();
  settling.every({ firstAt: start + minute, periodMs: minute }, async () => {
    await note('sweep')();
    settling.later(clock.now() + 3 * minute, 'retry', async () => undefined);
  });
  settling.later(start + 2 * minute, 'retry', note('retry'));

  await settling.settle();
  expect(seen).toEqual(['1 sweep', '2 sweep', '2 retry']);

  await settling.advance(minute);
  expect(seen.at(-1)).toBe('3 sweep');
});

it('keeps what recurs going for as long as the story itself waits for something', async () => {
  const { clock, settling, seen, note } = given();
  settling.every({ firstAt: start + 10 * minute, periodMs: 10 * minute }, note('sweep'));
  let left = 40;
  const again = async () => {
    left -= 1;
    if (left > 0) settling.later(clock.now() + 9 * minute, 'retry', again);
  };
  settling.later(start, 'retry', again);

  await settling.settle();

  expect(seen).toHaveLength(35);
});
