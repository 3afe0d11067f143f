import { diagnose } from '../../policy/diagnose.ts';
import type { Diagnosis } from '../../policy/diagnosis.ts';
import { readPolicy } from '../../policy/read-policy.ts';
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
