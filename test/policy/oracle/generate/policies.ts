// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the policy language look like that.

import fc from 'fast-check';
import type { Service } from '../../../../policy/language.ts';
import { other, owner, region } from '../world.ts';
import { allKeys, type Key, type Kind } from './keys.ts';

/**
 * Generates policies as people write them: elements in every form, mixed case, lone members and lists, numbers and
 * booleans. Left out is what the table of disagreements in `disagreements.test.ts` names.
 */

export type Document = Readonly<Record<string, unknown>>;

const oneOrList = <T>(values: readonly T[], most = 3): fc.Arbitrary<T | T[]> =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.subarray([...values], { minLength: 1, maxLength: Math.min(most, values.length) }),
  );

const users = [`arn:aws:iam::${owner}:user/team/alice`, `arn:aws:iam::${owner}:user/carol`];
const sessions = [
  `arn:aws:sts::${owner}:assumed-role/Admin/monday`,
  `arn:aws:sts::${owner}:assumed-role/pipeline/run-7`,
];
const named = [
  ...users,
  ...sessions,
  owner,
  `arn:aws:iam::${owner}:root`,
  `arn:aws:iam::${owner}:role/Admin`,
  `arn:aws:iam::${owner}:role/ops/pipeline`,
  `arn:aws:iam::${owner}:user/bob`,
  `arn:aws:sts::${owner}:federated-user/bob`,
  other,
  `arn:aws:iam::${other}:role/Admin`,
  'AROAEXAMPLEDELETED12',
];
const service = 'logging.s3.amazonaws.com';

const principal = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ Principal: '*' }) },
  { weight: 2, arbitrary: fc.constantFrom({ Principal: { AWS: '*' } }, { Principal: { AWS: ['*'] } }) },
  { weight: 5, arbitrary: oneOrList(named).map((AWS) => ({ Principal: { AWS } })) },
  { weight: 1, arbitrary: fc.constant({ Principal: { Service: service } }) },
  { weight: 1, arbitrary: fc.constant({ Principal: { AWS: [owner], Service: [service] } }) },
  { weight: 1, arbitrary: fc.constant({ Principal: { CanonicalUser: '79a5'.repeat(16) } }) },
);
/** Accounts, roles and a federated user's user are left out: see the table of disagreements. */
const notPrincipal = fc.oneof(
  oneOrList([...users, ...sessions]).map((AWS) => ({ NotPrincipal: { AWS } })),
  fc.constantFrom({ NotPrincipal: { Service: service } }, { NotPrincipal: { AWS: users, Service: service } }),
);

const actions: Readonly<Record<Service, readonly string[]>> = {
  s3: [
    's3:*',
    '*',
    's3:*BucketPolicy',
    's3:PutBucketPolicy',
    'S3:putbucketpolicy',
    's3:GetBucketPolicy',
    's3:DeleteBucket*',
    's3:?etBucketPolicy',
    's3:GetObject',
    's3:Put*',
    's3:ListBucket',
  ],
  sqs: [
    'sqs:*',
    '*',
    'SQS:SetQueueAttributes',
    'sqs:?etQueueAttributes',
    'sqs:*Permission',
    'sqs:AddPermission',
    'sqs:Get*',
    'sqs:SendMessage',
    'sqs:ReceiveMessage',
  ],
};

const resources: Readonly<Record<Service, readonly string[]>> = {
  s3: [
    'arn:aws:s3:::orders',
    'arn:aws:s3:::orders/*',
    'arn:aws:s3:::ord*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::order?',
    '*',
  ],
  sqs: [
    `arn:aws:sqs:${region}:${owner}:orders`,
    `arn:aws:sqs:*:${owner}:orders`,
    'arn:aws:sqs:*:*:*',
    `arn:aws:sqs:${region}:${owner}:ord?rs`,
    `arn:aws:sqs:${region}:${owner}:other`,
    '*',
  ],
};

/** The operators of a kind of key; one that is negated ends a list of its own where the two are not the same. */
const operators: Readonly<Record<Kind, readonly string[]>> = {
  text: [
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'BinaryEquals',
  ],
  arn: [
    'ArnLike',
    'ArnEquals',
    'ArnNotLike',
    'ArnNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEquals',
    'StringNotEquals',
  ],
  boolean: ['Bool', 'StringEquals', 'StringNotEquals'],
  number: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
    'StringEquals',
  ],
  date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
    'StringLike',
  ],
  epoch: ['NumericLessThan', 'NumericGreaterThanEquals', 'DateLessThan', 'DateGreaterThan', 'DateNotEquals'],
  address: ['IpAddress', 'NotIpAddress', 'NotIpAddress', 'StringEquals'],
  list: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
};

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: unknown;
}

const caseOf = (name: string) =>
  fc.constantFrom(name, name, name.toLowerCase(), name.replace(/^aws:/, 'AWS:'));

/** As JSON may have it: a number or a boolean, where the text is one. */
function unquoted(text: string): unknown {
  return /^(true|false|\d{1,9}(\.[1-9])?)$/.test(text) ? JSON.parse(text) : text;
}

const nullOf = (key: Key): fc.Arbitrary<Condition> =>
  fc.record({
    operator: fc.constant('Null'),
    key: caseOf(key.name),
    values: fc.constantFrom('true', 'false', true, false, ['True']),
  });

function compared(key: Key, hasVariables: boolean): fc.Arbitrary<Condition> {
  const set =
    key.kind === 'list'
      ? fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:', 'ForAnyValue:', 'ForAllValues:')
      : fc.constantFrom('', '', '', '', 'ForAnyValue:', 'ForAllValues:');
  return fc
    .record({
      base: fc.constantFrom(...operators[key.kind]),
      set,
      ifExists: fc.constantFrom('', '', 'IfExists'),
    })
    .chain(({ base, set, ifExists }) => {
      // A variable without a value under a negated operator is in the table of disagreements.
      const takesVariables = hasVariables && /^(String|Arn)/.test(base) && !/Not/.test(base);
      const values = key.written.filter((value) => {
        if (!value.includes('${')) return true;
        if (value.includes(', ')) return hasVariables;
        return value.includes('${*}') ? takesVariables && base.endsWith('Like') : takesVariables;
      });
      return fc.record({
        operator: fc.constant(`${set}${base}${ifExists}`),
        key: caseOf(key.name),
        values: fc.oneof(oneOrList(values), fc.constantFrom(...values).map(unquoted)),
      });
    });
}

function conditions(service: Service, hasVariables: boolean): fc.Arbitrary<Document> {
  const keys = allKeys.filter(({ only }) => only === undefined || only === service);
  const condition = fc
    .constantFrom(...keys)
    .chain((key) =>
      fc.oneof({ weight: 7, arbitrary: compared(key, hasVariables) }, { weight: 1, arbitrary: nullOf(key) }),
    );
  return fc.array(condition, { maxLength: 3 }).map((all) => {
    const block: Record<string, Record<string, unknown>> = {};
    const seen = new Set<string>();
    for (const { operator, key, values } of all) {
      const once = `${operator} ${key}`.toLowerCase();
      if (seen.has(once)) continue;
      seen.add(once);
      block[operator] = { ...block[operator], [key]: values };
    }
    return Object.keys(block).length === 0 ? {} : { Condition: block };
  });
}

const either = (name: string, values: readonly string[]): fc.Arbitrary<Document> =>
  fc
    .tuple(fc.constantFrom('', '', '', 'Not'), oneOrList(values))
    .map(([not, value]) => ({ [`${not}${name}`]: value }));

function statement(service: Service, hasVariables: boolean): fc.Arbitrary<Document> {
  const rest = [
    either('Action', actions[service]),
    either('Resource', resources[service]),
    conditions(service, hasVariables),
  ];
  const deny = fc.tuple(
    fc.constant({ Effect: 'Deny' }),
    fc.oneof({ weight: 5, arbitrary: principal }, { weight: 1, arbitrary: notPrincipal }),
    ...rest,
  );
  const allow = fc.tuple(fc.constant({ Effect: 'Allow' }), principal, ...rest);
  return fc
    .oneof({ weight: 4, arbitrary: deny }, { weight: 1, arbitrary: allow })
    .map((parts): Document => Object.assign({}, ...parts));
}

/** Of a service. Versions without variables only, where they are not wanted. */
export function policies(service: Service, { variables } = { variables: true }): fc.Arbitrary<Document> {
  return fc
    .constantFrom('2012-10-17', '2012-10-17', '2008-10-17', null)
    .chain((version) =>
      fc
        .array(statement(service, variables && version === '2012-10-17'), { minLength: 1, maxLength: 4 })
        .map((Statement) => ({ ...(version !== null && { Version: version }), Statement })),
    );
}
