import type { Policy } from '../scenes/scene.ts';
import { type Desk, type Holder, openDesk } from './repair-desk.ts';
import { expectRepaired } from './repair-expect.ts';
import { admin, allowedIn, role, stepsOf, stranger, type Tries } from './repair-tries.ts';
import * as story from './story-policies.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** A policy is repaired; the same is tried before and after. */
async function repair(service: Holder['service'], policyOf: (holder: Holder) => Policy, tries: Tries) {
  const ticket = await desk.open(service, policyOf);
  const answer = await ticket.play([...stepsOf(tries, ticket), ticket.send(), ...stepsOf(tries, ticket)]);
  const [before, after] = allowedIn(tries, answer);
  return { ticket, answer, before, after };
}

const onObject = { onObject: true } as const;

it('a Deny of everything to everybody but the pipeline: the objects stay its own, and the account has the policy', async () => {
  const { ticket, answer, before, after } = await repair(
    's3',
    (holder) => story.policyOf(story.onlyThePipeline(holder)),
    {
      'admin reads the policy': admin('s3:GetBucketPolicy'),
      'admin puts a policy': admin('s3:PutBucketPolicy'),
      'admin removes the policy': admin('s3:DeleteBucketPolicy'),
      'admin lists objects': admin('s3:ListBucket'),
      'admin reads an object': admin('s3:GetObject', onObject),
      'pipeline reads the policy': role('pipeline', 's3:GetBucketPolicy'),
      'pipeline puts a policy': role('pipeline', 's3:PutBucketPolicy'),
      'pipeline reads an object': role('pipeline', 's3:GetObject', onObject),
      'stranger reads the policy': { as: stranger, action: 's3:GetBucketPolicy' },
      'stranger puts a policy': { as: stranger, action: 's3:PutBucketPolicy' },
      'stranger reads an object': { as: stranger, action: 's3:GetObject', ...onObject },
    },
  );

  const ofPipeline = ['pipeline reads the policy', 'pipeline puts a policy', 'pipeline reads an object'];
  expect(before).toEqual(ofPipeline);
  expect(after).toEqual([
    'admin reads the policy',
    'admin puts a policy',
    'admin removes the policy',
    ...ofPipeline,
  ]);
  expectRepaired(answer, ticket, {
    verdict: 'locks-some',
    statement: { index: 0, sid: 'OnlyThePipeline' },
    repaired: story.policyOf(story.onlyThePipelineRepaired(ticket)),
  });
});

it('five good statements and a bad one: the five stay, and the partner, who is allowed everything, gets no further', async () => {
  const ofPartner = (action: string, more = {}) => ({
    as: `arn:aws:iam::${story.partner}:role/analyst`,
    action,
    ...more,
  });
  const encrypted = { ...onObject, context: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
  const { ticket, answer, before, after } = await repair(
    's3',
    (holder) => story.policyOf(...story.good(holder), story.configurationByPipeline(holder)),
    {
      'admin reads the policy': admin('s3:GetBucketPolicy'),
      'admin puts a policy': admin('s3:PutBucketPolicy'),
      'admin puts a policy without TLS': admin('s3:PutBucketPolicy', {
        context: { 'aws:SecureTransport': 'false' },
      }),
      'admin changes versioning': admin('s3:PutBucketVersioning'),
      'admin reads an object': admin('s3:GetObject', onObject),
      'admin puts a plain object': admin('s3:PutObject', onObject),
      'partner reads an object': ofPartner('s3:GetObject', onObject),
      'partner puts an encrypted object': ofPartner('s3:PutObject', encrypted),
      'partner puts a public object': ofPartner('s3:PutObject', {
        ...encrypted,
        context: { ...encrypted.context, 's3:x-amz-acl': 'public-read' },
      }),
      'partner lists objects': ofPartner('s3:ListBucket'),
      'partner reads the policy': ofPartner('s3:GetBucketPolicy'),
      'partner puts a policy': ofPartner('s3:PutBucketPolicy'),
      'partner removes the policy': ofPartner('s3:DeleteBucketPolicy'),
    },
  );

  const kept = ['admin reads an object', 'partner reads an object', 'partner puts an encrypted object'];
  expect(before).toEqual(kept);
  expect(after).toEqual(['admin reads the policy', 'admin puts a policy', ...kept]);
  expectRepaired(answer, ticket, {
    verdict: 'locks-some',
    statement: { index: 5, sid: 'ConfigurationByThePipeline' },
    repaired: story.policyOf(...story.good(ticket), ...story.configurationByPipelineRepaired(ticket)),
  });
});

it('NotPrincipal with a role, whose sessions it does not spare: administered again, the objects as they were', async () => {
  const { ticket, answer, before, after } = await repair(
    's3',
    (holder) => story.policyOf(story.notThePipeline(holder)),
    {
      'admin puts a policy': admin('s3:PutBucketPolicy'),
      'admin reads an object': admin('s3:GetObject', onObject),
      'pipeline puts a policy': role('pipeline', 's3:PutBucketPolicy'),
      'pipeline reads an object': role('pipeline', 's3:GetObject', onObject),
    },
  );

  expect(before).toEqual([]);
  expect(after).toEqual(['admin puts a policy', 'pipeline puts a policy']);
  const { Action: _, ...spared } = story.notThePipeline(ticket);
  expectRepaired(answer, ticket, {
    verdict: 'locks-everyone',
    statement: { index: 0, sid: 'NobodyButThePipeline' },
    repaired: story.policyOf({ ...spared, NotAction: story.bucketAdministration }),
  });
});

it('only from an endpoint, which nobody may be able to use: said as undecided, repaired, and the data stays behind it', async () => {
  const through = { context: { 'aws:SourceVpce': story.endpoint } };
  const { ticket, answer, before, after } = await repair(
    's3',
    (holder) => story.policyOf(story.onlyFromTheEndpoint(holder)),
    {
      'admin puts a policy': admin('s3:PutBucketPolicy'),
      'admin reads an object': admin('s3:GetObject', onObject),
      'admin puts a policy through it': admin('s3:PutBucketPolicy', through),
      'admin reads an object through it': admin('s3:GetObject', { ...onObject, ...through }),
    },
  );

  const throughIt = ['admin puts a policy through it', 'admin reads an object through it'];
  expect(before).toEqual(throughIt);
  expect(after).toEqual(['admin puts a policy', ...throughIt]);
  const { Action: _, ...network } = story.onlyFromTheEndpoint(ticket);
  expectRepaired(answer, ticket, {
    verdict: 'depends',
    statement: { index: 0, sid: 'OnlyFromTheEndpoint' },
    repaired: story.policyOf({ ...network, NotAction: story.bucketAdministration }),
  });
});

it('a queue behind a key that no call of a principal has: administered again, its messages as they were', async () => {
  const { ticket, answer, before, after } = await repair(
    'sqs',
    (holder) => story.policyOf(story.wrongKey(holder)),
    {
      ...Object.fromEntries(
        story.queueAdministration.map((action) => [`admin: ${action}`, admin(action)] as const),
      ),
      'admin receives a message': admin('sqs:ReceiveMessage'),
      'worker receives a message': { as: story.worker, action: 'sqs:ReceiveMessage' },
      'stranger reads the policy': { as: stranger, action: 'sqs:GetQueueAttributes' },
    },
  );

  expect(before).toEqual([]);
  expect(after).toEqual(story.queueAdministration.map((action) => `admin: ${action}`));
  const { Action: _, ...byKey } = story.wrongKey(ticket);
  expectRepaired(answer, ticket, {
    verdict: 'locks-everyone',
    statement: { index: 0, sid: 'OnlyTheWorker' },
    repaired: story.policyOf({ ...byKey, NotAction: story.queueAdministration }),
  });
});
