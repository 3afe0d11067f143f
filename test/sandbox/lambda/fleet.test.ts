import { createFleet } from '../../../sandbox/lambda/fleet.ts';
import { givenFunction } from '../fixtures/given-deployment.ts';
import { givenSurroundings } from '../fixtures/given-surroundings.ts';

function given() {
  const { around, clock, issued } = givenSurroundings();
  const fleet = createFleet(givenFunction(), around, 6);
  const invoke = (event: unknown) => fleet.invoke({ requestId: 'request-1', event });
  return { fleet, invoke, clock, issued };
}

test('events one after the other are served by one warm environment', async () => {
  const { fleet, invoke, issued } = given();

  await invoke({});
  await invoke({});
  fleet.close();

  expect(issued).toHaveLength(1);
});

test('many events at once are all served, by six environments at most', async () => {
  const { fleet, invoke, issued } = given();

  const results = await Promise.all(Array.from({ length: 20 }, (_, index) => invoke({ index })));
  fleet.close();

  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(issued.length).toBeGreaterThan(1);
  expect(issued.length).toBeLessThanOrEqual(6);
});

test('a dead environment, and one whose credentials run out, are replaced', async () => {
  const { fleet, invoke, clock, issued } = given();

  await invoke({ exit: true });
  await invoke({});
  clock.advance(60 * 60 * 1000);
  const last = await invoke({});
  fleet.close();

  expect(last.ok).toBe(true);
  expect(issued).toHaveLength(3);
});
