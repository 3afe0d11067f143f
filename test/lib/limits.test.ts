import { PlainFault } from '../../lib/plain-fault.ts';
import { givenStack } from './given-stack.ts';

/** Limits that AWS checks at deployment only: said at synth, in terms of the settings that cause them. */
const sources = (count: number, source: (index: number) => string, roles = 1) =>
  Array.from({ length: count }, (_, index) => ({
    source: source(index),
    senderRoleArns: Array.from(
      { length: roles },
      (_, role) => `arn:aws:iam::${333_333_330_000 + index}:role/sender-${role}`,
    ),
    ticketSystems: ['jira'],
  }));

function faultUnder(overrides: Record<string, unknown>): unknown {
  try {
    givenStack(overrides);
    return undefined;
  } catch (fault) {
    return fault;
  }
}

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    'patterns of more than 2,048 characters',
    { ticketSources: sources(30, (index) => `acme.${'x'.repeat(60)}.${index}`) },
    /event pattern .* has \d+ characters; EventBridge takes 2048\..* ticketSources/s,
  ],
  [
    'a bus policy of more than 10,240 characters',
    { ticketSources: sources(12, (index) => `acme.${index}`, 4) },
    /policy of the bus has up to \d+ characters; EventBridge takes 10240\..* senderRoleArns/s,
  ],
  [
    'a task role policy of more than 10,240 characters',
    { excludedAccountIds: Array.from({ length: 300 }, (_, index) => String(100_000_000_000 + index)) },
    /policy of .* has up to \d+ characters; IAM takes 10240\..* excludedAccountIds/s,
  ],
])('%s are a fault of the settings', (_what, overrides, message) => {
  const fault = faultUnder(overrides);
  expect(fault).toBeInstanceOf(PlainFault);
  expect(String(fault)).toMatch(message);
});

test('an ordinary organization is far from the limits', () => {
  const ordinary = {
    ticketSources: sources(4, (index) => `acme.tickets.${index}`, 2),
    excludedAccountIds: Array.from({ length: 100 }, (_, index) => String(100_000_000_000 + index)),
  };
  expect(faultUnder(ordinary)).toBeUndefined();
});
