import { policySha256 } from '../../policy/canonical.ts';
import { diagnose } from '../../policy/diagnose.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { repairPolicy } from '../../policy/repair.ts';
import {
  account,
  allow,
  bucket,
  deny,
  denyQueue,
  document,
  owned,
  partner,
  pipeline,
  policyOf,
  queue,
  repair,
  repaired,
  statementsAfter,
} from './repair/samples.ts';

const policyActions = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
const queueActions = [
  'sqs:SetQueueAttributes',
  'sqs:GetQueueAttributes',
  'sqs:AddPermission',
  'sqs:RemovePermission',
];

/** Without the Action that it had, and with this in its place. */
const instead = (statement: Readonly<Record<string, unknown>>, actions: Record<string, unknown>) => {
  const { Action: _, NotAction: __, ...rest } = statement;
  return { ...rest, ...actions };
};

test('the exclusivity of a pipeline stays for all but the administration of the policy', () => {
  const result = repair(document(deny()));
  expect(result).toMatchObject({
    kind: 'repair',
    changes: [
      'Statement[0] (OnlyThePipeline) no longer covers s3:GetBucketPolicy, s3:PutBucketPolicy and s3:DeleteBucketPolicy; it covers every other action as before.',
    ],
    statements: [{ index: 0, sid: 'OnlyThePipeline' }],
  });
  expect(Object.keys(JSON.parse(result.text).Statement[0])).toEqual([
    'Sid',
    'Effect',
    'Principal',
    'NotAction',
    'Resource',
    'Condition',
  ]);
  expect(JSON.parse(result.text)).toEqual(document(instead(deny(), { NotAction: policyActions })));
  expect(result.diff.split('\n')).toEqual([
    '@@ -6,7 +6,11 @@',
    '       "Sid": "OnlyThePipeline",',
    '       "Effect": "Deny",',
    '       "Principal": "*",',
    '-      "Action": "s3:*",',
    '+      "NotAction": [',
    '+        "s3:GetBucketPolicy",',
    '+        "s3:PutBucketPolicy",',
    '+        "s3:DeleteBucketPolicy"',
    '+      ],',
    '       "Resource": [',
    '         "arn:aws:s3:::orders",',
    '         "arn:aws:s3:::orders/*"',
  ]);
  expect(result.sha256).toBe(policySha256(result.text));
  const after = diagnose(readPolicy(result.text, 's3'), owned('s3'));
  expect(after).toMatchObject({ verdict: 'no-lockout', needsRoot: 'no' });
});

test('five good statements stay as they are, and the bad one is narrowed where it stands', () => {
  const good = [
    deny({ Sid: 'OverTls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    deny({
      Sid: 'Encrypted',
      Action: 's3:PutObject',
      Resource: `${bucket}/*`,
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    }),
    allow({ Action: ['s3:GetObject'], Resource: `${bucket}/shared/*` }),
    deny({ Sid: 'NotBob', Principal: { AWS: `arn:aws:iam::${account}:user/bob` }, Condition: {} }),
    deny({
      Sid: 'NoPublicAcl',
      Action: 's3:PutBucketAcl',
      Resource: bucket,
      Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    }),
  ];
  const [a, b, c, ...others] = good;
  const written = document({ ...a }, { ...b }, { ...c }, deny(), ...others);
  const expected = [a, b, c, instead(deny(), { NotAction: policyActions }), ...others];
  expect(statementsAfter(written)).toEqual(expected);
  expect(repair(written).statements).toEqual([{ index: 3, sid: 'OnlyThePipeline' }]);
});

test('a statement whose members are in another order keeps that order', () => {
  const { Action: action, ...rest } = deny();
  expect(repair(document({ Action: action, ...rest })).text).toMatch(
    /"Statement": \[\s*\{\s*"NotAction": \[/,
  );
});

test.each([
  ['an account', { Principal: { AWS: account }, Condition: {} }],
  [
    'NotPrincipal with a role, which spares none of its sessions',
    { Principal: undefined, NotPrincipal: { AWS: [pipeline, `arn:aws:iam::${account}:root`] } },
  ],
  ['those outside a network', { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
  ['those outside an endpoint', { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }],
  ['those without MFA', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': false } } }],
  [
    'those of other organizations',
    { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1a2b3c4d5e' } } },
  ],
  ['everybody, with all actions of all services', { Action: '*', Condition: {} }],
  ['everybody, with a list that also has everything', { Action: ['s3:GetObject', 'S3:*'], Condition: {} }],
])('a Deny for %s is narrowed', (_, members) => {
  const bad = JSON.parse(JSON.stringify(deny(members)));
  expect(statementsAfter(document(bad))).toEqual([instead(bad, { NotAction: policyActions })]);
});

test('names go from a list of actions, in whatever case they are written', () => {
  const bad = deny({ Action: ['s3:putbucketpolicy', 's3:PutBucketAcl', 'S3:DeleteBucketPolicy'] });
  const result = repair(document(bad));
  expect(JSON.parse(result.text).Statement).toEqual([{ ...bad, Action: ['s3:PutBucketAcl'] }]);
  expect(result.changes).toEqual([
    'Statement[0] (OnlyThePipeline) no longer covers s3:PutBucketPolicy and s3:DeleteBucketPolicy; it covers every other action as before.',
  ]);
});

test('a NotAction gets the names of what it did not except yet', () => {
  const bad = instead(deny(), { NotAction: ['s3:GetBucketPolicy', 's3:GetObject'] });
  expect(statementsAfter(document(bad))).toEqual([
    {
      ...bad,
      NotAction: ['s3:GetBucketPolicy', 's3:GetObject', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
    },
  ]);
});

test('a pattern is replaced by the names that it covers, and it is said that later ones are missing', () => {
  const bad = deny({ Action: ['s3:GetObject', 's3:Put*Policy', 's3:DeleteBucket*'], Resource: bucket });
  const result = repair(document({ ...bad, Action: ['s3:ListBucket', 's3:Put*Policy', 's3:DeleteBucket*'] }));
  expect(JSON.parse(result.text).Statement[0].Action).toEqual([
    's3:ListBucket',
    's3:DeleteBucket',
    's3:DeleteBucketMetadataTableConfiguration',
    's3:DeleteBucketWebsite',
  ]);
  expect(result.changes).toEqual([
    'Statement[0] (OnlyThePipeline) no longer covers s3:PutBucketPolicy and s3:DeleteBucketPolicy; it now names the other actions that its patterns covered, so actions that AWS adds later are no longer covered by them.',
  ]);
});

test('no name is there twice, nor beside a pattern that covers it', () => {
  const after = (...actions: string[]) =>
    statementsAfter(document(deny({ Action: actions, Resource: bucket })))[0]?.Action;
  expect(after('s3:PutBucketP*', 's3:PutBucketPu*')).toEqual(['s3:PutBucketPu*']);
  expect(after('s3:PutBucketP*', 's3:PutB*Policy', 's3:?utBucketP*')).toEqual([
    's3:PutBucketPublicAccessBlock',
  ]);
});

test('a statement that did nothing else goes, and the others stay', () => {
  const other = allow({ Action: 's3:GetObject', Resource: `${bucket}/*` });
  const result = repair(document(deny({ Sid: '', Action: policyActions }), other));
  expect(JSON.parse(result.text).Statement).toEqual([other]);
  expect(result.changes).toEqual([
    'Statement[0] is gone: it denied s3:GetBucketPolicy, s3:PutBucketPolicy and s3:DeleteBucketPolicy and nothing else.',
  ]);
  expect(result.statements).toEqual([{ index: 0, sid: null }]);
});

test('two statements that lock out are both narrowed', () => {
  const network = deny({ Sid: 'Network', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
  expect(statementsAfter(document(deny(), network))).toEqual(
    [deny(), network].map((statement) => instead(statement, { NotAction: policyActions })),
  );
});

test('a Deny that shuts out only whom it names is meant so, and stays beside one that locks out', () => {
  const meant = [
    deny({ Sid: 'Bob', Principal: { AWS: `arn:aws:iam::${account}:user/bob` }, Condition: {} }),
    deny({
      Sid: 'Contractors',
      Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/contractor-*` } },
    }),
    deny({ Sid: 'Guests', Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
  ];
  const result = repair(document(...meant, deny()));
  expect(JSON.parse(result.text).Statement.slice(0, 3)).toEqual(meant);
  const after = diagnose(readPolicy(result.text, 's3'), owned('s3'));
  expect(after).toMatchObject({ verdict: 'locks-some', needsRoot: 'no' });
});

test('Denys that each spare somebody whom they do not name are narrowed where together they spare nobody', () => {
  const named = (sid: string, ...names: string[]) =>
    deny({
      Sid: sid,
      Condition: {
        ArnLike: {
          'aws:PrincipalArn': names.flatMap((name) =>
            ['role', 'user'].map((kind) => `arn:aws:iam::${account}:${kind}/${name}`),
          ),
        },
      },
    });
  const both = [named('Long', '???*'), named('Short', '?', '??')];
  for (const one of both) expect(repaired(document(one))).toEqual({ kind: 'not-needed' });
  expect(statementsAfter(document(...both))).toEqual(
    both.map((statement) => instead(statement, { NotAction: policyActions })),
  );
});

test('where nobody is shut out but those that are named, nothing is to be repaired', () => {
  expect(repaired(document(deny({ Principal: { AWS: `arn:aws:iam::${account}:user/bob` } })))).toEqual({
    kind: 'not-needed',
  });
  expect(repaired(document(allow()))).toEqual({ kind: 'not-needed' });
  expect(repaired(document(deny({ Resource: `${bucket}/*` })))).toEqual({ kind: 'not-needed' });
});

describe('others than the account itself', () => {
  const guard = {
    Sid: 'OnlyThePipelineKeepsOutsidersOut',
    Effect: 'Deny',
    Principal: '*',
    Action: policyActions,
    Resource: [bucket, `${bucket}/*`],
    Condition: { StringNotEquals: { 'aws:PrincipalArn': pipeline, 'aws:PrincipalAccount': account } },
  };
  const narrowed = instead(deny(), { NotAction: policyActions });

  test.each([
    ['a partner', {}],
    ['everybody', { Principal: '*' }],
    ['a service', { Principal: { Service: 'logging.s3.amazonaws.com' } }],
    ['those of a provider', { Principal: { Federated: 'accounts.google.com' } }],
    ['a canonical user', { Principal: { CanonicalUser: '79a5'.repeat(16) } }],
    ['all but one', { Principal: undefined, NotPrincipal: { AWS: account } }],
    ['all buckets there are', { Resource: '*' }],
    ['all but some objects', { Resource: undefined, NotResource: `${bucket}/private/*` }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy language looks like that.
    ['the bucket that a tag names', { Resource: 'arn:aws:s3:::${aws:PrincipalTag/bucket}' }],
    ['one of the actions', { Action: ['s3:GetObject', 's3:?etBucketPolicy'] }],
  ])('stay out where an Allow is for %s', (_, members) => {
    const granted = JSON.parse(JSON.stringify(allow(members)));
    const result = repair(document(granted, deny()));
    expect(JSON.parse(result.text).Statement).toEqual([granted, narrowed, guard]);
    expect(result.changes[1]).toBe(
      "A new statement (OnlyThePipelineKeepsOutsidersOut) keeps denying s3:GetBucketPolicy, s3:PutBucketPolicy and s3:DeleteBucketPolicy to everybody outside the owner's account to whom Statement[0] (OnlyThePipeline) denied it: an Allow of the policy grants it to some of them.".replace(
        '[0]',
        '[1]',
      ),
    );
  });

  test.each([
    ['is for the account itself', { Principal: { AWS: [account, pipeline] } }],
    ['is on objects only', { Resource: `${bucket}/*` }],
    ['is for other actions', { Action: ['s3:GetObject', 's3:PutObject'] }],
  ])('need no statement of their own where an Allow %s', (_, members) => {
    const granted = allow(members);
    expect(statementsAfter(document(granted, deny()))).toEqual([granted, narrowed]);
  });

  test('nor where the Deny was for the account only', () => {
    const bad = deny({ Principal: { AWS: account }, Condition: {} });
    expect(statementsAfter(document(allow(), bad))).toEqual([
      allow(),
      instead(bad, { NotAction: policyActions }),
    ]);
  });

  test('a Deny that names accounts already gets one more, and one without conditions its first', () => {
    const condition = { stringnotequals: { 'AWS:principalaccount': [partner, account] } };
    const bad = [
      deny({ Condition: { stringnotequals: { 'AWS:principalaccount': partner } } }),
      { Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: bucket },
    ];
    const [, , first, , second] = statementsAfter(document(allow(), ...bad));
    expect(first).toEqual({ ...guard, Condition: condition });
    expect(second).toEqual({
      Sid: 'Statement2KeepsOutsidersOut',
      Effect: 'Deny',
      Principal: '*',
      Action: policyActions,
      Resource: bucket,
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } },
    });
  });

  test('a new Sid is nobody else’s', () => {
    const taken = allow({ Sid: 'OnlyThePipelineKeepsOutsidersOut' });
    const sids = statementsAfter(document(taken, deny(), deny({ Condition: {} }))).map(({ Sid }) => Sid);
    expect(sids).toContain('OnlyThePipelineKeepsOutsidersOut2');
    expect(sids).toContain('OnlyThePipelineKeepsOutsidersOut3');
  });

  test('a new Sid has letters and digits only, whatever the old one is like', () => {
    const sid = `only the pipeline_\u{1f512}\n${'x'.repeat(500)}`;
    const [, , guarded] = statementsAfter(document(allow(), deny({ Sid: sid })));
    expect(guarded?.Sid).toMatch(/^onlythepipelinex+KeepsOutsidersOut$/);
    expect(String(guarded?.Sid).length).toBeLessThan(80);
  });

  test('a statement that did nothing else is replaced by what keeps them out', () => {
    expect(statementsAfter(document(allow(), deny({ Action: policyActions })))).toEqual([allow(), guard]);
  });
});

describe('what cannot be repaired', () => {
  test('is a policy of which nothing would be left', () => {
    expect(repaired(document(deny({ Action: ['s3:*BucketPolicy'], Resource: bucket })))).toEqual({
      kind: 'none-safe',
      why: 'Nothing of the policy would be left: approve its deletion instead.',
    });
  });

  test('is one that would grow beyond what S3 takes', () => {
    const many = (count: number) =>
      document(
        deny({ Condition: {}, Action: ['s3:Get*', 's3:Put*'] }),
        allow({
          Action: 's3:GetObject',
          Resource: Array.from({ length: count }, (_, n) => `${bucket}/prefix-${n}/*`),
        }),
      );
    expect(repair(many(400)).statements).toHaveLength(1);
    const size = JSON.stringify(many(570)).length;
    expect(size).toBeLessThan(20_480);
    expect(repaired(many(570))).toMatchObject({
      kind: 'none-safe',
      why: expect.stringMatching(/bytes, and S3 takes 20480\.$/),
    });
  });

  test('is one that would have more actions in a statement than SQS takes', () => {
    const bad = denyQueue({ Action: 'sqs:*e*' });
    expect(repaired(document(bad), 'sqs')).toMatchObject({
      kind: 'none-safe',
      why: expect.stringMatching(/actions in a statement, and SQS takes 7\.$/),
    });
  });

  test('is one in which outsiders could only be kept out by more conditions than SQS takes', () => {
    const tags = Array.from({ length: 10 }, (_, n) => [`aws:PrincipalTag/tag-${n}`, 'x']);
    const bad = denyQueue({ Condition: { StringNotEquals: Object.fromEntries(tags) } });
    expect(repair(document(bad), 'sqs').statements).toHaveLength(1);
    expect(repaired(document(allow({ Action: 'sqs:*', Resource: queue }), bad), 'sqs')).toMatchObject({
      kind: 'none-safe',
      why: expect.stringMatching(/11 conditions in a statement, and SQS takes 10\.$/),
    });
  });
});

describe('a queue', () => {
  test('keeps its exclusivity for all but the administration of its policy', () => {
    const bad = denyQueue({ Action: 'SQS:*' });
    expect(statementsAfter(document(bad), 'sqs')).toEqual([instead(bad, { NotAction: queueActions })]);
  });

  test('of which only one action is denied gets that back', () => {
    const bad = denyQueue({ Condition: {}, Action: ['sqs:RemovePermission', 'sqs:DeleteQueue'] });
    expect(statementsAfter(document(bad), 'sqs')).toEqual([{ ...bad, Action: ['sqs:DeleteQueue'] }]);
  });

  test('in which a partner may do everything keeps the partner out of the policy', () => {
    const granted = allow({ Action: 'sqs:*', Resource: queue });
    const [, , guard] = statementsAfter(document(granted, denyQueue()), 'sqs');
    expect(guard).toMatchObject({ Effect: 'Deny', Action: queueActions, Resource: queue });
  });

  test('whose policy is only without white space small enough gets it so', () => {
    const many = document(
      denyQueue(),
      allow({
        Action: 'sqs:SendMessage',
        Principal: { AWS: Array.from({ length: 150 }, (_, n) => String(444455556000 + n)) },
        Resource: queue,
        Condition: {
          ArnLike: {
            'aws:SourceArn': Array.from(
              { length: 80 },
              (_, n) => `arn:aws:sns:*:*:topic-number-${n}-of-many`,
            ),
          },
        },
      }),
    );
    const { text } = repair(many, 'sqs');
    expect(Buffer.byteLength(JSON.stringify(JSON.parse(text), null, 2))).toBeGreaterThan(8192);
    expect(text).not.toContain('\n');
  });
});

test('a lone statement stays a lone one, and the same policy is always repaired the same way', () => {
  const written = { Statement: deny() };
  expect(JSON.parse(repair(written).text)).toEqual({
    Statement: instead(deny(), { NotAction: policyActions }),
  });
  expect(repair(written)).toEqual(repair(written));
});

test('without the ARN of the bucket, it is taken from the policy', () => {
  const known = repairPolicy(policyOf(document(deny())), owned('s3'));
  const unknown = repairPolicy(policyOf(document(deny())), { ...owned('s3'), resourceArn: null });
  expect(unknown).toEqual(known);
  const elsewhere = { ...owned('s3'), resourceArn: 'arn:aws:s3:::elsewhere' };
  expect(repairPolicy(policyOf(document(deny())), elsewhere)).toEqual({ kind: 'not-needed' });
});

test('AWS takes no policy that names a principal which is gone: there is no repair, and it says why', () => {
  const gone = {
    Sid: 'Gone',
    Effect: 'Allow',
    Principal: { AWS: 'AROAEXAMPLEID1234567' },
    Action: 's3:GetObject',
    Resource: `${bucket}/*`,
  };
  expect(repaired(document(gone, deny()))).toMatchObject({
    kind: 'none-safe',
    why: expect.stringMatching(/Statement\[0\] names a principal that has been deleted/),
  });
});
