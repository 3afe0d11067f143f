import { givenOutcome } from './given-stack.ts';
import type { VariationName } from './templates/variations.ts';

/** Limits that AWS checks at deployment only: said at synth, in terms of the settings that cause them. */
test.each<[string, VariationName, RegExp]>([
  [
    'patterns of more than 2,048 characters',
    'longPatterns',
    /event pattern .* has \d+ characters; EventBridge takes 2048\..* ticketSources/s,
  ],
  [
    'a bus policy of more than 10,240 characters',
    'manySenders',
    /policy of the bus has up to \d+ characters; EventBridge takes 10240\..* senderRoleArns/s,
  ],
  [
    'a task role policy of more than 10,240 characters',
    'manyExclusions',
    /policy of .* has up to \d+ characters; IAM takes 10240\..* excludedAccountIds/s,
  ],
])('%s are a fault of the settings', (_what, variation, message) => {
  expect(givenOutcome(variation)).toEqual({
    fault: { name: 'PlainFault', message: expect.stringMatching(message) },
  });
});

test('an ordinary organization is far from the limits', () => {
  expect(givenOutcome('ordinaryOrganization')).toHaveProperty('stack');
});
