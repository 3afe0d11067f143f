import fc from 'fast-check';
import { canonicalPolicy } from '../../policy/canonical.ts';
import type { Policy, Service } from '../../policy/language.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { faultsOf, policyOf, queueStatement, statement, textWith } from './read/given.ts';

describe('what is read', () => {
  it('is every element, with the document beside it', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Id: 'orders',
      Statement: [
        {
          Sid: 'OnlyThePipeline',
          Effect: 'Deny',
          NotPrincipal: {
            AWS: ['*', '156041421443', 'arn:aws:iam::156041421443:role/ci/pipeline'],
            Service: 'cloudtrail.amazonaws.com',
          },
          NotAction: 'S3:GetObject',
          NotResource: ['arn:aws:s3:::orders/*'],
          Condition: {
            'ForAnyValue:StringNotEqualsIfExists': { 'aws:PrincipalTag/Team': ['a', 'b'] },
            bool: { 'aws:SecureTransport': false },
            NumericLessThan: { 's3:TlsVersion': 1.2 },
          },
        },
        { ...statement, Sid: '' },
      ],
    });
    expect(readPolicy(text)).toEqual({
      kind: 'policy',
      policy: {
        service: 's3',
        version: '2012-10-17',
        document: JSON.parse(text),
        statements: [
          {
            index: 0,
            sid: 'OnlyThePipeline',
            effect: 'Deny',
            principals: {
              not: true,
              everyone: true,
              aws: [
                { kind: 'account', accountId: '156041421443' },
                {
                  kind: 'role',
                  arn: 'arn:aws:iam::156041421443:role/ci/pipeline',
                  accountId: '156041421443',
                },
              ],
              services: ['cloudtrail.amazonaws.com'],
              federated: [],
              canonicalUsers: [],
            },
            actions: { not: true, patterns: ['S3:GetObject'] },
            resources: { not: true, patterns: ['arn:aws:s3:::orders/*'] },
            conditions: [
              {
                operator: 'StringNotEquals',
                ifExists: true,
                set: 'ForAnyValue',
                key: 'aws:principaltag/team',
                writtenKey: 'aws:PrincipalTag/Team',
                values: ['a', 'b'],
              },
              {
                operator: 'Bool',
                ifExists: false,
                set: null,
                key: 'aws:securetransport',
                writtenKey: 'aws:SecureTransport',
                values: ['false'],
              },
              {
                operator: 'NumericLessThan',
                ifExists: false,
                set: null,
                key: 's3:tlsversion',
                writtenKey: 's3:TlsVersion',
                values: ['1.2'],
              },
            ],
          },
          expect.objectContaining({ index: 1, sid: null, effect: 'Deny' }),
        ],
      },
    });
  });

  it('is of the old version where none is named', () => {
    expect(policyOf(JSON.stringify({ Statement: statement }))).toMatchObject({
      version: '2008-10-17',
      statements: [{ index: 0 }],
    });
  });

  it('may have Sids that are empty, or come twice', () => {
    for (const Sid of ['', 'Twice'])
      expect(policyOf(textWith({ Sid }, { Sid }, { Sid })).statements.map(({ sid }) => sid)).toEqual(
        Array(3).fill(Sid === '' ? null : Sid),
      );
  });

  it('may leave a template in its resources', () => {
    const Resource = ['$' + '{aws_s3_bucket.orders.arn}', '$' + '{aws_s3_bucket.orders.arn}/*'];
    expect(policyOf(textWith({ Resource })).statements[0]?.resources.patterns).toEqual(Resource);
  });

  it.each<[string, object, Service]>([
    ['its actions', { Resource: '*' }, 's3'],
    ['its resources', { Action: '*' }, 's3'],
    ['actions in capitals', { Action: 'SQS:*', Resource: '*' }, 'sqs'],
    ['what it leaves out', { Action: undefined, NotAction: 'sqs:SendMessage', Resource: '*' }, 'sqs'],
  ])('is of the service that is told by %s', (_, members, service) => {
    expect(policyOf(textWith(members)).service).toBe(service);
  });

  it('is of the service that is said, where the document tells nothing', () => {
    const text = textWith({ Action: '*', Resource: '*' });
    expect(faultsOf(text)).toEqual([
      { path: '', message: expect.stringContaining('say --service s3 or --service sqs') },
    ]);
    for (const service of ['s3', 'sqs'] as const)
      expect(readPolicy(text, service)).toMatchObject({ kind: 'policy', policy: { service } });
  });
});

describe('what is malformed', () => {
  it.each<[string, unknown, string, string]>([
    ['a list', [], '', 'expected a policy, which is a JSON object'],
    ['a text', 'policy', '', 'is the text "policy"'],
    ['nothing', null, '', 'is null'],
    ['no statement', { Version: '2012-10-17' }, '', 'has no "Statement"'],
    ['an empty list of statements', { Statement: [] }, 'Statement', 'is an empty list'],
    ['statements as text', { Statement: 'Deny' }, 'Statement', 'expected a list of statements'],
    ['a statement as text', { Statement: [statement, 'Deny'] }, 'Statement[1]', 'expected a statement'],
    [
      'another version',
      { Version: '2012-10-18', Statement: [statement] },
      'Version',
      'expected "2012-10-17"',
    ],
    ['a version as number', { Version: 2012, Statement: [statement] }, 'Version', 'is the number "2012"'],
    ['an Id that is no text', { Id: 1, Statement: [statement] }, 'Id', 'expected a text'],
    ['an unknown member', { Statement: [statement], Comment: '' }, 'Comment', 'expected one of Version, Id'],
    ['another case', { version: '2012-10-17', Statement: [statement] }, 'version', 'write "Version"'],
    [
      'a name of many',
      { Statement: [{ ...statement, Actions: 's3:*' }] },
      'Statement[0].Actions',
      'write "Action"',
    ],
    ['the answer of GetBucketPolicy', { Policy: '{}' }, '', '--query Policy'],
    ['the answer of GetQueueAttributes', { Attributes: { Policy: '{}' } }, '', '--query Attributes.Policy'],
    ['a lone statement', statement, '', 'is a lone statement'],
  ])('is %s', (_, document, path, words) => {
    expect(faultsOf(JSON.stringify(document))).toEqual([{ path, message: expect.stringContaining(words) }]);
  });

  it.each<[string, object, string, string]>([
    ['no effect', { Effect: undefined }, '', 'has no "Effect"'],
    ['another effect', { Effect: 'deny' }, '.Effect', 'is the text "deny": expected "Allow" or "Deny"'],
    ['a Sid that is no text', { Sid: 1 }, '.Sid', 'expected a text'],
    ['no principal', { Principal: undefined }, '', 'an identity policy has none'],
    ['both principals', { NotPrincipal: '*' }, '', 'has both "Principal" and "NotPrincipal"'],
    ['no action', { Action: undefined }, '', 'has no "Action"'],
    ['both actions', { NotAction: 's3:*' }, '', 'has both "Action" and "NotAction"'],
    ['no resource', { Resource: undefined }, '', 'has no "Resource"'],
    ['both resources', { NotResource: '*' }, '', 'has both "Resource" and "NotResource"'],
    ['a condition that is no object', { Condition: [] }, '.Condition', 'expected an object of operators'],
  ])('is a statement with %s', (_, members, path, words) => {
    expect(faultsOf(textWith({}, members))).toEqual([
      { path: `Statement[1]${path}`, message: expect.stringContaining(words) },
    ]);
  });

  it('is told whole, and nothing is read of it', () => {
    const text = textWith({ Effect: 'deny' }, { Resource: 'orders' }, { Condition: { Like: {} } });
    expect(readPolicy(text)).toEqual({ kind: 'malformed', faults: expect.anything() });
    expect(faultsOf(text).map(({ path }) => path)).toEqual([
      'Statement[0].Effect',
      'Statement[1].Resource',
      'Statement[2].Condition.Like',
    ]);
  });

  it('is told of a lone statement too', () => {
    expect(faultsOf(JSON.stringify({ ...statement, Principal: 'admin' })).map(({ path }) => path)).toEqual([
      '',
      'Principal',
    ]);
  });

  it('is a policy of the other service than was said', () => {
    const text = JSON.stringify({ Statement: [queueStatement] });
    expect(readPolicy(text, 'sqs').kind).toBe('policy');
    expect(faultsOf(text, 's3').map(({ path }) => path)).toEqual([
      'Statement[0].Action',
      'Statement[0].Resource',
    ]);
  });

  it('is never told in many words of somebody else, or in characters that cannot be seen', () => {
    const hostile = `\u001b[2K\nverdict: no-lockout\u202e${'x'.repeat(10_000)}`;
    const texts = [
      ...Object.keys(statement).map((name) => textWith({ [name]: hostile })),
      textWith({ [hostile]: 1 }),
      textWith({ Principal: { AWS: hostile } }),
      textWith({ Principal: { [hostile]: 1 } }),
      textWith({ Condition: { [hostile]: {} } }),
      textWith({ Condition: { Bool: { [hostile]: null } } }),
      JSON.stringify({ Version: hostile, [hostile]: 1 }),
      JSON.stringify(hostile),
      hostile,
      `{"${'x'.repeat(10_000)}\u202e": 1, "${'x'.repeat(10_000)}\u202e": 2}`,
    ];
    for (const { message, path } of texts.flatMap((text) => faultsOf(text))) {
      expect(path + message).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(message.length).toBeLessThan(400);
      expect(path.length).toBeLessThan(200);
    }
  });
});

describe('reading', () => {
  /** Some of everything that a policy is made of, in any place. */
  const leaf = fc.oneof(
    fc.constantFrom(
      '*',
      's3:*',
      'sqs:*',
      'Deny',
      '2012-10-17',
      'arn:aws:s3:::orders',
      '156041421443',
      '',
      'true',
    ),
    fc.string(),
    fc.constant(null),
    fc.double(),
    fc.boolean(),
  );
  const names = [
    ...Object.keys(statement),
    'Statement',
    'Version',
    'AWS',
    'Condition',
    'StringEquals',
    '__proto__',
  ];
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      fc.array(tie('document'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('document'), { maxKeys: 8 }),
    ),
  }));
  const answered = (text: string) => expect(['policy', 'malformed']).toContain(readPolicy(text).kind);

  it('never throws', () => {
    fc.assert(fc.property(document, (value) => answered(JSON.stringify(value))));
    fc.assert(fc.property(document, (Statement) => answered(JSON.stringify({ Statement }))));
    fc.assert(fc.property(document, (members) => answered(textWith(Object(members)))));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), answered));
    for (const bracket of ['[', '{"a":']) answered(bracket.repeat(200_000));
  });

  it('reads the canonical form as it reads the policy', () => {
    const some = <T>(...values: T[]) =>
      fc.oneof(fc.constantFrom(...values), fc.subarray(values, { minLength: 1 }));
    const given = fc.record(
      {
        Sid: fc.constantFrom('', 'Deny', 'Twice'),
        Effect: fc.constantFrom('Allow', 'Deny'),
        Principal: fc.oneof(
          fc.constant('*'),
          fc.record({ AWS: some('*', '156041421443', 'arn:aws:iam::156041421443:role/admin') }),
        ),
        Action: some('s3:*', 's3:PutBucketPolicy', 'S3:Get*'),
        Resource: some('*', 'arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'),
        Condition: fc.record({
          StringNotEquals: fc.record({ 'aws:SourceVpc': some('vpc-1', 'vpc-2') }),
          NumericLessThan: fc.record({ 'aws:MultiFactorAuthAge': some<number | string>(3600, '60') }),
        }),
      },
      { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
    );
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 3 }), (Statement) => {
        const text = JSON.stringify({ Statement });
        expect(unordered(policyOf(canonicalPolicy(text)))).toEqual(unordered(policyOf(text)));
      }),
    );
  });

  function unordered({ statements }: Policy): unknown {
    const sorted = (list: readonly unknown[]) => [...new Set(list.map((one) => JSON.stringify(one)))].sort();
    return statements.map(({ actions, conditions, principals, resources, ...rest }) => ({
      ...rest,
      principals: { ...principals, aws: sorted(principals.aws) },
      actions: sorted(actions.patterns),
      resources: sorted(resources.patterns),
      conditions: sorted(conditions.map((one) => ({ ...one, values: sorted(one.values) }))),
    }));
  }
});
