import { canonicalJson, sha256 } from '../contract/canonical-json.ts';

/** Keys whose value is a set: a lone string is a list of one, and the order of a list says nothing. */
const setKeys = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);

function asSet(value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => canonicalJson(member));
    return [...new Set(members)].sort().map((member): unknown => JSON.parse(member));
  }
  return typeof value === 'string' ? [value] : value;
}

/**
 * An account stands for its root user and comes back as that. Source: IAM User Guide, "AWS JSON policy elements:
 * Principal", on AWS account principals.
 */
function asAccount(principals: unknown): unknown {
  if (Array.isArray(principals)) return principals.map(asAccount);
  return typeof principals === 'string'
    ? principals.replace(/^arn:[a-z-]+:iam::(\d{12}):root$/, '$1')
    : principals;
}

/** Of a number or a boolean a condition compares the text. */
function asTexts(values: unknown): unknown {
  if (Array.isArray(values)) return values.map(asTexts);
  return typeof values === 'number' || typeof values === 'boolean' ? String(values) : values;
}

function mapMembers(value: unknown, map: (key: string, member: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, map(key, member)]));
}

/** S3 has been seen to give back an empty Sid where there was none. */
function withoutEmptySid(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null || Reflect.get(statement, 'Sid') !== '')
    return statement;
  const { Sid: _, ...others } = statement as Record<string, unknown>;
  return others;
}

function canonicalStatement(statement: unknown): unknown {
  return mapMembers(withoutEmptySid(statement), (key, member) => {
    if (setKeys.has(key)) return asSet(member);
    if (key === 'Principal' || key === 'NotPrincipal') {
      return typeof member === 'string'
        ? member
        : mapMembers(member, (kind, principals) =>
            asSet(kind === 'AWS' ? asAccount(principals) : principals),
          );
    }
    if (key === 'Condition') {
      return mapMembers(member, (_, operands) =>
        mapMembers(operands, (_key, values) => asSet(asTexts(values))),
      );
    }
    return member;
  });
}

/**
 * Canonical form of a resource policy, the base of every comparison: S3 gives principals back in changing order, lone
 * members of lists as strings, and an account as its root user, and none of that is a change. A deleted principal comes
 * back as a unique id, and that is one. Throws a SyntaxError for text that is no JSON object.
 */
export function canonicalPolicy(text: string): string {
  const document: unknown = JSON.parse(text);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new SyntaxError('a resource policy is a JSON object');
  }
  return canonicalJson(
    mapMembers(document, (key, member) => {
      if (key !== 'Statement') return member;
      return Array.isArray(member) ? member.map(canonicalStatement) : [canonicalStatement(member)];
    }),
  );
}

/** sha256 of a policy's canonical form: what trail, tickets and messages call "the hash of the policy". */
export function policySha256(text: string): string {
  return sha256(canonicalPolicy(text));
}
