import { diagnose } from '../../policy/diagnose.ts';
import type { Diagnosis } from '../../policy/diagnosis.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { repairPolicy } from '../../policy/repair.ts';
import { account, bucket, classes, policyOf } from './classes.ts';

const now = new Date('2026-11-21T10:00:00Z');
const arn = `arn:aws:s3:::${bucket}`;
const queue = `arn:aws:sqs:eu-north-1:${account}:orders`;

function read(document: object, resourceArn: string | null = null): Diagnosis {
  return diagnose(readPolicy(JSON.stringify(document)), { accountId: account, resourceArn, now });
}

const deny = (members: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [arn, `${arn}/*`],
  ...members,
});
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const only = (role: string) => ({
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${role}` } },
});

test.each(classes.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const diagnosis = diagnose(readPolicy(policyOf(one)), { accountId: account, resourceArn: arn, now });
  expect(diagnosis.verdict).toBe(one.verdict);
});

describe('an action for itself', () => {
  test('is locked where the others are not, and the worst of them is told', () => {
    const { actions, needsRoot, verdict, without } = read(document(deny({ Action: 's3:PutBucketPolicy' })));
    expect(Object.entries(actions).map(([action, reading]) => [action, reading.verdict])).toEqual([
      ['s3:GetBucketPolicy', 'no-lockout'],
      ['s3:PutBucketPolicy', 'locks-everyone'],
      ['s3:DeleteBucketPolicy', 'no-lockout'],
    ]);
    expect(verdict).toBe('locks-everyone');
    expect(needsRoot).toBe('no');
    expect(without.join()).toContain('s3:DeleteBucketPolicy');
  });

  test('of a queue is one of four, and the attributes are what counts', () => {
    const admin = { Effect: 'Deny', Principal: '*', Resource: queue };
    const permissions = read(document({ ...admin, Action: ['SQS:AddPermission', 'sqs:removepermission'] }));
    expect(permissions.needsRoot).toBe('no');
    const attributes = read(document({ ...admin, Action: 'sqs:Set*' }));
    expect(attributes.needsRoot).toBe('yes');
    expect(attributes.actions['sqs:GetQueueAttributes']?.verdict).toBe('no-lockout');
  });
});

describe('whom it names', () => {
  const reading = (...statements: object[]) => {
    const found = read(document(...statements)).actions['s3:PutBucketPolicy'];
    if (found === undefined) throw new Error('no reading');
    return found;
  };

  test('are those who are spared, by ARN', () => {
    expect(reading(deny(only('pipeline'))).spared).toEqual([`arn:aws:iam::${account}:role/pipeline`]);
  });

  test('is nobody of another account', () => {
    const outsider = { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:role/pipeline' } };
    expect(reading(deny({ Condition: outsider }))).toMatchObject({ verdict: 'locks-everyone', spared: [] });
  });

  test('are the statements that shut out, and no others', () => {
    const tls = deny({ Sid: 'Tls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const objects = deny({ Sid: 'Objects', Resource: `${arn}/*` });
    const found = reading(tls, objects, deny({ Sid: 'Lock', ...only('pipeline') }));
    expect(found.statements).toEqual([{ index: 2, sid: 'Lock' }]);
    expect(found.why).toContain('Statement[2] (Lock)');
  });

  test('a Sid proves nothing', () => {
    expect(reading(deny({ Sid: 'DenyInsecureTransport' })).verdict).toBe('locks-everyone');
  });

  test('are those whom every statement spares', () => {
    const both = (...patterns: string[]) =>
      reading(
        ...patterns.map((pattern) =>
          deny({
            Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${pattern}` } },
          }),
        ),
      );
    expect(both('admin-*', '*-prod')).toMatchObject({
      verdict: 'locks-some',
      spared: [`arn:aws:iam::${account}:role/admin-prod`],
    });
    expect(both('admin-*', 'deploy-*').verdict).toBe('locks-everyone');
    expect(both('admin-*', '*-prod', '*-eu-*', 'a*').verdict).toBe('locks-some');
  });

  test('are told by the role too where a session is named without its path', () => {
    const role = `arn:aws:iam::${account}:role/team/pipeline`;
    const named = {
      Principal: undefined,
      NotPrincipal: { AWS: [role, `arn:aws:sts::${account}:assumed-role/pipeline/deploy`] },
    };
    const byArn = { Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } } };
    expect(reading(deny(named), deny(byArn)).verdict).toBe('locks-some');
  });
});

describe('what it takes to get in', () => {
  const conditions = (...all: object[]) =>
    read(document(...all.map((Condition) => deny({ Condition })))).actions['s3:PutBucketPolicy'];

  test('is one thing, or several together', () => {
    const endpoint = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
    const mfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    expect(conditions(endpoint, mfa)).toMatchObject({
      verdict: 'depends',
      spared: ['callers through VPC endpoint vpce-1 and with MFA'],
    });
  });

  test('is a choice where one operator has several values', () => {
    expect(conditions({ StringNotEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } })?.spared).toEqual([
      'callers through VPC endpoint vpce-1 or vpce-2',
    ]);
  });

  test('is either of two operators, for both have to hold for a Deny', () => {
    const found = conditions({
      StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
      NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    });
    expect(found?.verdict).toBe('depends');
    expect(found?.spared.length).toBeGreaterThan(0);
  });

  test('is not both an endpoint and a source address', () => {
    expect(
      conditions(
        { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
        { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      )?.verdict,
    ).toBe('locks-everyone');
  });

  test('is not two of the same', () => {
    expect(
      conditions(
        { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } },
        { StringNotEquals: { 'aws:PrincipalTag/team': 'b' } },
      )?.verdict,
    ).toBe('locks-everyone');
  });

  test('is what a variable stands for', () => {
    const own = { StringNotEquals: { 'aws:PrincipalTag/owner': `\${aws:username}` } };
    expect(conditions(own)?.verdict).toBe('depends');
    const roles = `arn:aws:iam::\${aws:PrincipalAccount}:role/admin`;
    expect(conditions({ ArnNotEquals: { 'aws:PrincipalArn': roles } })).toMatchObject({
      verdict: 'locks-some',
      spared: [`arn:aws:iam::${account}:role/admin`],
    });
  });

  test('is told as undecided where it cannot be found out', () => {
    const tag = (own: string, other: string) => ({
      StringNotEquals: { [`aws:PrincipalTag/${own}`]: `\${aws:PrincipalTag/${other}}x` },
    });
    const found = conditions(
      tag('a', 'b'),
      { StringEquals: { 'aws:PrincipalTag/b': 'never' } },
      tag('b', 'a'),
    );
    expect(found?.verdict).toBe('depends');
    expect(found?.why).toContain('too intricate');
  });
});

describe('what an ordinary caller is taken to send', () => {
  const oneDeny = (Condition: object, more: object = {}) => {
    const { actions, needsRoot } = read(document(deny({ Condition, ...more })));
    return { verdict: actions['s3:PutBucketPolicy']?.verdict, needsRoot };
  };

  test.each([
    ['a session has a token, a user has none', { Null: { 'aws:TokenIssueTime': 'false' } }, 'locks-some'],
    ['and that the other way round', { Null: { 'aws:TokenIssueTime': 'true' } }, 'locks-some'],
    [
      'a token was issued by now',
      { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } },
      'no-lockout',
    ],
    ['every signed request says what it hashes', { Null: { 's3:x-amz-content-sha256': 'false' } }, 'depends'],
    ['a URL may be presigned', { StringNotEquals: { 's3:authType': 'REST-QUERY-STRING' } }, 'depends'],
    ['no address is everybody else', { NotIpAddress: { 'aws:SourceIp': '198.0.0.0/8' } }, 'depends'],
    ['not even a single one', { NotIpAddress: { 'aws:SourceIp': '198.18.0.1/32' } }, 'depends'],
  ])('%s', (_, Condition, verdict) => {
    expect(oneDeny(Condition).verdict).toBe(verdict);
  });

  test('is never somebody that both Denys hit, who tell sessions and users apart', () => {
    const sessions = deny({
      Condition: { DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:00Z' } },
    });
    const users = deny({ Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } });
    expect(read(document(sessions, users)).needsRoot).not.toBe('no');
    expect(read(document(sessions, users)).actions['s3:PutBucketPolicy']?.spared.join()).not.toContain(
      'sessions',
    );
  });

  test('has one address: two ranges that do not meet spare nobody, a hole in a range is outside', () => {
    const outside = (range: string) => deny({ Condition: { NotIpAddress: { 'aws:SourceIp': range } } });
    const inside = (range: string) => deny({ Condition: { IpAddress: { 'aws:SourceIp': range } } });
    expect(read(document(outside('203.0.113.0/24'), outside('198.51.100.0/24'))).verdict).toBe(
      'locks-everyone',
    );
    expect(read(document(outside('203.0.112.0/20'), inside('203.0.112.0/21'))).verdict).toBe('depends');
    expect(read(document(outside('203.0.112.0/20'), inside('203.0.112.0/20'))).verdict).toBe(
      'locks-everyone',
    );
    expect(read(document(outside('2001:db8::/32'), inside('2001:db8::/33'))).verdict).toBe('depends');
    expect(read(document(outside('2001:db8::/32'), inside('2001:db8::/32'))).verdict).toBe('locks-everyone');
  });

  test('is not known where there are more kinds of accounts than are tried', () => {
    const tags = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`aws:ResourceTag/t${n}`, 'v']));
    expect(oneDeny({ StringEquals: tags })).toEqual({ verdict: 'depends', needsRoot: 'perhaps' });
  });

  test('is of the organization that is given', () => {
    const perimeter = (id: string) =>
      diagnose(
        readPolicy(
          JSON.stringify(document(deny({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': id } } }))),
        ),
        { accountId: account, resourceArn: arn, now, organizationId: 'o-exampleorg1' },
      ).verdict;
    expect(perimeter('o-exampleorg1')).toBe('no-lockout');
    expect(perimeter('o-another0001')).toBe('locks-everyone');
  });

  test('may be the canonical user that a Deny names', () => {
    const id = 'a'.repeat(64);
    const canonical = document(deny({ Principal: { CanonicalUser: id } }));
    expect(read(canonical)).toMatchObject({ verdict: 'depends', needsRoot: 'perhaps' });
    expect(read(document(deny({ Principal: { CanonicalUser: id } }), deny())).verdict).toBe('locks-everyone');
  });

  test('is found whatever the case where an operator does not look at it', () => {
    const arn = `arn:aws:iam::${account}:Role/Pipeline`;
    expect(oneDeny({ StringNotEqualsIgnoreCase: { 'aws:PrincipalArn': arn } }).verdict).toBe('locks-some');
    expect(oneDeny({ StringNotEquals: { 'aws:PrincipalArn': arn } }).verdict).toBe('locks-everyone');
  });

  test('may be a federated user who is named', () => {
    const bob = `arn:aws:sts::${account}:federated-user/bob`;
    for (const members of [
      { Principal: undefined, NotPrincipal: { AWS: [bob, account] } },
      { Condition: { ArnNotEquals: { 'aws:PrincipalArn': bob } } },
      { Condition: { StringNotEquals: { 'aws:userid': `${account}:bob` } } },
    ])
      expect(read(document(deny(members))).actions['s3:PutBucketPolicy']?.verdict).toBe('locks-some');
    expect(oneDeny({ StringNotEquals: { 'aws:PrincipalType': 'FederatedUser' } }).verdict).toBe('depends');
  });

  test('is on a resource that NotResource does not surely except', () => {
    const other = { Resource: undefined, NotResource: `arn:aws:s3:::\${aws:PrincipalTag/home}` };
    expect(read(document(deny(other)), arn).verdict).toBe('locks-everyone');
  });
});

describe('a policy that is written to be hard', () => {
  const tag = (name: number, values: string[]) => ({ [`aws:PrincipalTag/t${name % 12}`]: values });
  const hard = Array.from({ length: 60 }, (_, i) =>
    deny({
      Condition: {
        StringNotEquals: {
          ...tag(i * 7, [`a${i % 5}`, `b${i % 3}`]),
          ...tag(i * 5 + 1, [`a${i % 4}`, `c${i % 6}`]),
          ...tag(i * 3 + 2, [`d${i % 7}`]),
        },
      },
    }),
  );

  test('is said to be undecided, and is never said to lock out nobody, or everybody', () => {
    const { actions, needsRoot, verdict } = read(document(...hard));
    expect({ needsRoot, verdict }).toEqual({ needsRoot: 'perhaps', verdict: 'depends' });
    const reading = actions['s3:PutBucketPolicy'];
    expect(reading?.why).toContain('too intricate to be decided');
    expect(reading?.statements).toHaveLength(60);
  });

  test.each([
    [
      'keys',
      {
        StringNotEquals: Object.fromEntries(
          Array.from({ length: 250 }, (_, n) => [`aws:PrincipalTag/t${n}`, 'v']),
        ),
      },
    ],
    ['ways in', { StringEquals: { 'aws:SourceVpce': Array.from({ length: 300 }, (_, n) => `vpce-${n}`) } }],
  ])('comes to an end with hundreds of %s, for the repair too', (_, Condition) => {
    const accounts = {
      StringNotEquals: { 'aws:PrincipalOrgID': Array.from({ length: 30 }, (_, n) => `o-${n}`) },
    };
    const policy = readPolicy(JSON.stringify(document(deny({ Condition }), deny({ Condition: accounts }))));
    if (policy.kind === 'malformed') throw new Error(JSON.stringify(policy.faults));
    const owned = { accountId: account, resourceArn: arn, now };
    expect(diagnose(policy, owned).needsRoot).not.toBe('no');
    expect(['repair', 'none-safe']).toContain(repairPolicy(policy.policy, owned).kind);
  });

  test('is not repaired, for nobody knows which statement does it', () => {
    const policy = readPolicy(JSON.stringify(document(...hard)));
    if (policy.kind === 'malformed') throw new Error(JSON.stringify(policy.faults));
    const repair = repairPolicy(policy.policy, { accountId: account, resourceArn: arn, now });
    expect(repair).toMatchObject({ kind: 'none-safe', why: expect.stringContaining('too intricate') });
  });

  test('does not keep a plain lock-out from being seen in the actions that it does not reach', () => {
    const { actions } = read(
      document(
        ...hard.map((one) => ({ ...one, Action: 's3:GetBucketPolicy' })),
        deny({ Action: 's3:PutBucketPolicy' }),
      ),
    );
    expect(actions['s3:PutBucketPolicy']?.verdict).toBe('locks-everyone');
  });
});

test('what is malformed has faults and no reading', () => {
  expect(read({ Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] })).toMatchObject({
    verdict: 'malformed',
    needsRoot: 'perhaps',
    actions: {},
    faults: expect.arrayContaining([
      expect.objectContaining({ path: expect.stringContaining('Statement[0]') }),
    ]),
  });
});

test('a bucket that is given counts, whatever the policy names', () => {
  const other = document(deny({ Resource: 'arn:aws:s3:::project-*' }));
  expect(read(other, 'arn:aws:s3:::something-else').verdict).toBe('no-lockout');
  expect(read(other, arn).verdict).toBe('locks-everyone');
  expect(read(other).verdict).toBe('locks-everyone');
});
