import {
  deniedByServiceControlPolicy,
  isAccessDenied,
  messageOfError,
  nameOfError,
} from '../../lambdas/aws-errors.ts';

const named = (name: string, message = 'no') => Object.assign(new Error(message), { name });
const scp =
  'User: arn:aws:iam::156041421443:root is not authorized to perform: s3:DeleteBucketPolicy on resource: "arn:aws:s3:::b" with an explicit deny in a service control policy';

describe('an error of AWS', () => {
  it.each([
    ['AccessDenied', true],
    ['AccessDeniedException', true],
    ['AccessDeniedByWhoever', false],
    ['ThrottlingException', false],
    ['Error', false],
  ])('%s is a denial: %s', (name, expected) => {
    expect(isAccessDenied(named(name))).toBe(expected);
  });

  it.each([
    ['AccessDenied', scp, true],
    ['AccessDenied', scp.replace('service control', 'resource control'), false],
    ['AccessDenied', 'Access Denied', false],
    ['InternalError', scp, false],
  ])('%s: "%s" is of a service control policy: %s', (name, message, expected) => {
    expect(deniedByServiceControlPolicy(named(name, message))).toBe(expected);
  });

  it('has a name and a message even where it is none', () => {
    expect([nameOfError('x'), messageOfError('x'), nameOfError(undefined)]).toEqual([
      'string',
      'x',
      'undefined',
    ]);
  });
});
