import { createFaults } from '../../../sandbox/aws/faults.ts';
import type { FaultRequest } from '../../../sandbox/parts.ts';

const everywhere: FaultRequest = {
  service: '*',
  operation: '*',
  when: 'before',
  effect: 'throttle',
  rate: 0.05,
};

/** Which of so many calls of one kind are struck, by their numbers. */
function strikes(request: FaultRequest, calls = 2000, operation = 'PutItem'): number[] {
  const faults = createFaults([request]);
  return Array.from({ length: calls }, (_, index) => index).filter(
    () => faults.meet('dynamodb', operation).take('before') !== undefined,
  );
}

it('strikes about the share of calls that it is asked for', () => {
  expect(strikes(everywhere).length).toBeGreaterThan(70);
  expect(strikes(everywhere).length).toBeLessThan(130);
  expect(strikes({ ...everywhere, rate: 1 }, 50)).toHaveLength(50);
});

it('strikes the same calls again with the same seed, and others with another', () => {
  expect(strikes(everywhere)).toEqual(strikes({ ...everywhere, seed: 1 }));
  expect(strikes(everywhere)).not.toEqual(strikes({ ...everywhere, seed: 2 }));
});

it('strikes the same calls of a kind, whatever comes between', () => {
  const faults = createFaults([everywhere]);
  const seen: number[] = [];
  for (let index = 0; index < 2000; index += 1) {
    if (index % 3 === 0) faults.meet('sts', 'AssumeRole').take('before');
    if (faults.meet('dynamodb', 'PutItem').take('before') !== undefined) seen.push(index);
  }

  expect(seen).toEqual(strikes(everywhere));
  expect(strikes(everywhere, 2000, 'GetItem')).not.toEqual(seen);
});

it('lets some pass first where it is asked to', () => {
  const [first = 0] = strikes({ ...everywhere, rate: 1, skip: 7 });

  expect(first).toBe(7);
});

it('means by "*" the calls on the wire, and what services hand over by its name only', () => {
  const byWildcard = createFaults([{ ...everywhere, rate: 1 }]);
  const byName = createFaults([{ ...everywhere, service: 'lambda', operation: 'Invoke', rate: 1 }]);

  expect(byWildcard.meet('lambda', 'Invoke').take('before')).toBeUndefined();
  expect(byWildcard.meet('s3', 'DeleteBucketPolicy').take('before')).toBe('throttle');
  expect(byName.meet('lambda', 'Invoke').take('before')).toBe('throttle');
  expect(byName.meet('lambda', 'DeliverToDestination').take('before')).toBeUndefined();
});

it('strikes once without a number of times', () => {
  const { rate: _, ...once } = everywhere;

  expect(strikes({ ...once, service: 'dynamodb', operation: 'PutItem' }, 5)).toEqual([0]);
});
