import type { AwsPrincipal } from '../../../policy/language.ts';
import { faultsOf, policyOf, textWith } from './given.ts';

const accountId = '156041421443';

function readAws(AWS: unknown) {
  return policyOf(textWith({ Principal: { AWS } })).statements[0]?.principals;
}

describe('a principal', () => {
  it.each<[string, AwsPrincipal]>([
    [accountId, { kind: 'account', accountId }],
    [`arn:aws:iam::${accountId}:root`, { kind: 'account', accountId }],
    [`arn:aws-us-gov:iam::${accountId}:root`, { kind: 'account', accountId }],
    [`arn:aws:iam::${accountId}:user/jane.doe`, of('user', 'iam', 'user/jane.doe')],
    [`arn:aws:iam::${accountId}:user/division/a=b/jane@x`, of('user', 'iam', 'user/division/a=b/jane@x')],
    [
      `arn:aws:iam::${accountId}:role/aws-service-role/x.amazonaws.com/X`,
      of('role', 'iam', 'role/aws-service-role/x.amazonaws.com/X'),
    ],
    [
      `arn:aws:sts::${accountId}:assumed-role/admin/jane.doe@x`,
      {
        kind: 'session',
        arn: `arn:aws:sts::${accountId}:assumed-role/admin/jane.doe@x`,
        accountId,
        roleName: 'admin',
      },
    ],
    [`arn:aws:sts::${accountId}:federated-user/jane`, of('federated-user', 'sts', 'federated-user/jane')],
    ['AIDACKCEVSQ6C2EXAMPLE', { kind: 'unique-id', id: 'AIDACKCEVSQ6C2EXAMPLE' }],
    ['AROADBQP57FF2AEXAMPLE', { kind: 'unique-id', id: 'AROADBQP57FF2AEXAMPLE' }],
    [
      'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE',
      { kind: 'unique-id', id: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE' },
    ],
  ])('is %s', (text, principal) => {
    expect(readAws(text)).toMatchObject({ everyone: false, aws: [principal] });
    expect(readAws(['*', text])).toMatchObject({ everyone: true, aws: [principal] });
  });

  function of(kind: 'user' | 'role' | 'federated-user', service: string, resource: string): AwsPrincipal {
    return { kind, accountId, arn: `arn:aws:${service}::${accountId}:${resource}` };
  }

  it.each<[unknown, string]>([
    ['', 'expected an account id of 12 digits'],
    ['admin', 'expected an account id of 12 digits'],
    ['1560414214', 'an account id has 12 digits'],
    [156041421443, 'is the number "156041421443": expected a principal as text in quotes'],
    [null, 'is null'],
    [['*'], 'is a list'],
    [{ 'Fn::GetAtt': ['Admin', 'Arn'] }, 'a reference of CloudFormation that was not filled in'],
    ['arn:aws:iam::ACCOUNT-ID:root', 'its account id is not 12 digits'],
    [`arn:aws:iam:${accountId}:user/jane`, 'expected two colons'],
    [`arn:aws:iam:us-east-1:${accountId}:user/jane`, 'expected two colons'],
    [`arn:aws:iam::${accountId}:Root`, 'expected "root", "user/<name>" or "role/<name>"'],
    [`arn:aws:iam::${accountId}:user/`, 'expected "root", "user/<name>" or "role/<name>"'],
    [`arn:aws:iam::${accountId}:group/admins`, 'a group cannot be one'],
    [`arn:aws:iam::${accountId}:saml-provider/x`, 'into the member "Federated"'],
    [`arn:aws:sts::${accountId}:assumed-role/admin`, 'expected "assumed-role/<role>/<session>"'],
    ['arn:aws:s3:::orders', 'expected an ARN of IAM or STS'],
    [`arn:gcp:iam::${accountId}:root`, 'is no principal'],
    ['$' + '{aws_iam_role.admin.arn}', 'a reference was not filled in'],
    ['$ADMIN_ARN', 'a reference was not filled in'],
    [`arn:aws:iam::${accountId}:role/*`, 'has a wildcard within it'],
    [`arn:aws:sts::${accountId}:assumed-role/admin/*`, 'has a wildcard within it'],
    [`arn:aws:iam::${accountId}:user/jan?`, 'has a wildcard within it'],
    [`arn:aws:iam::${accountId}:root\n`, 'expected "root"'],
    [`${accountId} `, 'is no principal'],
  ])('is not %j', (text, words) => {
    expect(faultsOf(textWith({ Principal: { AWS: [accountId, text] } }))).toEqual([
      { path: 'Statement[0].Principal.AWS[1]', message: expect.stringContaining(words) },
    ]);
    expect(
      faultsOf(textWith({ Principal: undefined, NotPrincipal: { AWS: [accountId, text] } })),
    ).toHaveLength(1);
  });
});

describe('the element Principal', () => {
  it('may name others than principals of IAM', () => {
    const CanonicalUser = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
    const Principal = {
      Service: ['cloudtrail.amazonaws.com', 'logs.eu-west-1.amazonaws.com'],
      Federated: ['accounts.google.com', `arn:aws:iam::${accountId}:saml-provider/okta`],
      CanonicalUser,
    };
    expect(policyOf(textWith({ Principal })).statements[0]?.principals).toEqual({
      not: false,
      everyone: false,
      aws: [],
      services: Principal.Service,
      federated: Principal.Federated,
      canonicalUsers: [CanonicalUser],
    });
  });

  it('may be negated in an Allow', () => {
    const text = textWith({ Effect: 'Allow', Principal: undefined, NotPrincipal: { AWS: accountId } });
    expect(policyOf(text).statements[0]).toMatchObject({ effect: 'Allow', principals: { not: true } });
  });

  it.each<[string, unknown, string, string]>([
    ['a bare ARN', `arn:aws:iam::${accountId}:root`, '', 'expected "*", or an object'],
    ['a bare list', [`arn:aws:iam::${accountId}:root`], '', 'write {"AWS": [...]}'],
    ['an empty list', [], '', 'is a list'],
    ['null', null, '', 'is null'],
    ['an empty object', {}, '', 'is an empty object'],
    ['an empty list of principals', { AWS: [] }, '.AWS', 'is an empty list'],
    ['an unknown kind', { AWS: '*', Account: accountId }, '.Account', 'expected one of AWS, Service'],
    ['another case', { aws: '*' }, '.aws', 'write "AWS"'],
    ['a service that is none', { Service: 'cloudtrail' }, '.Service', 'expected the name of a service'],
    ['a wildcard in a service', { Service: '*.amazonaws.com' }, '.Service', 'has a wildcard within it'],
    ['a provider that is none', { Federated: 'my provider' }, '.Federated', 'the ARN of a provider'],
    ['a user that is none', { CanonicalUser: 'me' }, '.CanonicalUser', '64 digits'],
  ])('is not %s', (_, Principal, path, words) => {
    expect(faultsOf(textWith({ Principal }))).toEqual([
      { path: `Statement[0].Principal${path}`, message: expect.stringContaining(words) },
    ]);
  });
});
