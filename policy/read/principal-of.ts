import type { AwsPrincipal } from '../language.ts';
import { type Place, quoted } from './place.ts';

const partition = 'aws(?:-[a-z]+)*';
/** Names of users, roles and sessions. Source: IAM User Guide, "IAM and AWS STS quotas", on names. */
const name = '[\\w+=,.@-]+';
/** A path is any visible ASCII between slashes; wildcards are refused before. */
const path = '(?:[!-~]+/)*';

const account = /^\d{12}$/;
const root = new RegExp(`^arn:${partition}:iam::(\\d{12}):root$`);
const identity = new RegExp(`^arn:${partition}:iam::(\\d{12}):(user|role)/${path}${name}$`);
const session = new RegExp(`^arn:${partition}:sts::(\\d{12}):assumed-role/(${name})/${name}$`);
const federatedUser = new RegExp(`^arn:${partition}:sts::(\\d{12}):federated-user/${name}$`);
/** Source: IAM User Guide, "IAM identifiers", on unique ids: users and roles. */
const uniqueId = /^(?:AIDA|AROA)[A-Z0-9]{12,124}$/;
/** Nobody of any account has it, as a unique id. Source: CloudFront Developer Guide, on origin access identities. */
const originAccessIdentity = new RegExp(
  `^arn:${partition}:iam::cloudfront:user/CloudFront Origin Access Identity [A-Z0-9]+$`,
);

/** One principal of the member "AWS", other than "*". Null, and said at the place, where AWS would refuse it. */
export function principalOf(text: string, place: Place): AwsPrincipal | null {
  if (account.test(text)) return { kind: 'account', accountId: text };
  if (uniqueId.test(text) || originAccessIdentity.test(text)) return { kind: 'unique-id', id: text };
  const [, rootOf] = root.exec(text) ?? [];
  if (rootOf !== undefined) return { kind: 'account', accountId: rootOf };
  const wildcard = wildcardIn(text);
  if (wildcard !== null) return place.fault(wildcard);
  const [, identityOf, kind] = identity.exec(text) ?? [];
  if (identityOf !== undefined)
    return { kind: kind === 'user' ? 'user' : 'role', arn: text, accountId: identityOf };
  const [, sessionOf, roleName] = session.exec(text) ?? [];
  if (sessionOf !== undefined && roleName !== undefined)
    return { kind: 'session', arn: text, accountId: sessionOf, roleName };
  const [, federatedOf] = federatedUser.exec(text) ?? [];
  if (federatedOf !== undefined) return { kind: 'federated-user', arn: text, accountId: federatedOf };
  return place.fault(`${quoted(text)} is no principal: ${remedyFor(text)}`);
}

/** Source: IAM User Guide, "AWS JSON policy elements: Principal": no wildcard matches part of a name or an ARN. */
export function wildcardIn(text: string): string | null {
  if (!/[*?]/.test(text)) return null;
  return `${quoted(text)} has a wildcard within it, which AWS refuses: name each principal, or write "*" and compare aws:PrincipalArn in a Condition`;
}

/** What is most likely wrong with what is no principal, and what to write. */
function remedyFor(text: string): string {
  if (text.includes('$')) return 'a reference was not filled in, give the policy as it is after rendering';
  if (/^\d+$/.test(text)) return 'an account id has 12 digits';
  if (!text.startsWith('arn:'))
    return 'expected an account id of 12 digits, the ARN of an account\u2019s root, a user, a role or a session, or "*"';
  const [, , service, region, accountId, resource] = text.split(':');
  if (service !== 'iam' && service !== 'sts')
    return 'expected an ARN of IAM or STS; a service belongs into the member "Service"';
  if (region !== '') return 'expected two colons after "iam" or "sts", for these have no Region';
  if (accountId === undefined || !account.test(accountId)) return 'its account id is not 12 digits';
  if (resource?.startsWith('group/')) return 'a group cannot be one, name its users or a role';
  if (/^(?:saml|oidc)-provider\//.test(resource ?? ''))
    return 'a provider belongs into the member "Federated"';
  return service === 'iam'
    ? 'expected "root", "user/<name>" or "role/<name>" at its end'
    : 'expected "assumed-role/<role>/<session>" or "federated-user/<name>" at its end';
}
