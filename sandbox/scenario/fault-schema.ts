import * as z from 'zod';

/** The services that the sandbox answers for, by the names that AWS signs requests with. */
export const services = [
  'dynamodb',
  'events',
  'iam',
  'organizations',
  's3',
  'scheduler',
  'sns',
  'sqs',
  'ssm',
  'states',
  'sts',
] as const;

/**
 * What AWS does without a call that anybody sees: EventBridge and Scheduler invoke, Lambda sends to an on-failure
 * destination.
 */
const handOvers = ['Invoke', 'DeliverToDestination'];

/** A map of Step Functions visits one item; somebody may stop the whole execution there. */
const runChild = 'RunChild';

/** What hands a policy to a service, which may not take it. */
const puttingPolicies = ['s3 PutBucketPolicy', 'sqs SetQueueAttributes'];

const named = [...services, 'lambda', '*'] as const;

const wholeNumber = (example: number) => z.int(`expected a whole number, for example ${example}`);

/** One thing that goes wrong: so many times, or for a share of the calls. */
export const fault = z
  .strictObject({
    service: z.enum(named, `expected one of ${named.join(', ')}`),
    operation: z.string('expected text, for example "DeleteBucketPolicy"').min(1, 'expected some text'),
    when: z.enum(['before', 'after'], 'expected before or after'),
    effect: z.enum(
      ['throttle', 'serverError', 'timeout', 'crash', 'abort', 'notTaken'],
      'expected throttle, serverError, timeout, crash, abort or notTaken',
    ),
    times: wholeNumber(1).min(1, 'expected at least 1').optional(),
    skip: wholeNumber(2).min(0, 'expected 0 or more').default(0),
    rate: z
      .number('expected a share, for example 0.05')
      .gt(0, 'expected more than 0')
      .max(1, 'expected at most 1')
      .optional(),
    seed: wholeNumber(1).optional(),
  })
  .refine(({ times, rate }) => times === undefined || rate === undefined, {
    path: ['times'],
    error: 'expected either "times" or "rate"',
  })
  .refine(({ seed, rate }) => seed === undefined || rate !== undefined, {
    path: ['seed'],
    error: 'expected a "rate" with a seed',
  })
  .refine(({ service, operation, rate }) => rate !== undefined || (service !== '*' && operation !== '*'), {
    path: ['rate'],
    error: 'expected a "rate" with "*"',
  })
  .refine(
    ({ service, operation, when }) =>
      service !== 'lambda' ||
      operation === 'InvokeFunction' ||
      (handOvers.includes(operation) && when === 'before'),
    {
      path: ['operation'],
      error: `expected InvokeFunction of lambda, or ${handOvers.join(' or ')} before it happens`,
    },
  )
  .refine(
    ({ service, operation, effect }) =>
      (effect === 'abort') === (service === 'states' && operation === runChild),
    { path: ['effect'], error: `expected abort for ${runChild} of states, and for nothing else` },
  )
  .refine(
    ({ service, operation, effect, when }) =>
      effect !== 'notTaken' || (when === 'before' && puttingPolicies.includes(`${service} ${operation}`)),
    { path: ['effect'], error: `expected notTaken for ${puttingPolicies.join(' or ')}, before it happens` },
  );
