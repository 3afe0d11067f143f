import type { AwsPrincipal, Principals } from '../language.ts';
import { type Place, quoted } from './place.ts';
import { principalOf, wildcardIn } from './principal-of.ts';
import { checkNames, isMembers, kindOf, listOf, type Members, memberOf } from './shapes.ts';

const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

/** The element Principal, or NotPrincipal where `not`. Null, and said, where AWS would refuse it. */
export function readPrincipals(value: unknown, not: boolean, place: Place): Principals | null {
  const none = { not, everyone: false, aws: [], services: [], federated: [], canonicalUsers: [] };
  if (value === '*') return { ...none, everyone: true };
  if (!isMembers(value)) return place.fault(`is ${kindOf(value)}: ${remedyFor(value)}`);
  checkNames(value, kinds, 'a principal', place);
  if (Object.keys(value).length === 0)
    return place.fault(`is an empty object: expected ${kinds.join(', ')} or "*"`);
  const aws = readAws(value, place);
  const services = textsOf(
    value,
    'Service',
    place,
    (text) => text === '*' || /^[\w-]+(?:\.[\w-]+)+$/.test(text),
  );
  const federated = textsOf(value, 'Federated', place, (text) => text === '*' || /^[\w.:/@-]+$/.test(text));
  const canonicalUsers = textsOf(value, 'CanonicalUser', place, (text) => /^[0-9a-f]{64,128}$/i.test(text));
  if (aws === null || services === null || federated === null || canonicalUsers === null) return null;
  return { not, ...aws, services, federated, canonicalUsers };
}

function remedyFor(value: unknown): string {
  if (Array.isArray(value)) return 'expected an object, write {"AWS": [...]}';
  return 'expected "*", or an object, for example {"AWS": "arn:aws:iam::156041421443:role/admin"}';
}

function readAws(members: Members, place: Place): Pick<Principals, 'everyone' | 'aws'> | null {
  const texts = readTexts(members, 'AWS', place);
  if (texts === null) return null;
  const aws: AwsPrincipal[] = [];
  for (const [text, at] of texts) {
    const principal = text === '*' ? null : principalOf(text, at);
    if (principal !== null) aws.push(principal);
  }
  return { everyone: texts.some(([text]) => text === '*'), aws };
}

const expected = {
  Service: 'expected the name of a service, for example "cloudtrail.amazonaws.com"',
  Federated: 'expected the ARN of a provider, or its name, for example "accounts.google.com"',
  CanonicalUser: 'expected the 64 digits of a canonical user id',
};

function textsOf(
  members: Members,
  kind: keyof typeof expected,
  place: Place,
  isOne: (text: string) => boolean,
): string[] | null {
  const texts = readTexts(members, kind, place);
  if (texts === null) return null;
  for (const [text, at] of texts)
    if (!isOne(text)) at.fault(wildcardIn(text) ?? `${quoted(text)} is none: ${expected[kind]}`);
  return texts.map(([text]) => text);
}

/** The texts of one member, none where it is not there; null, and said, where one is no text. */
function readTexts(members: Members, kind: string, place: Place): (readonly [string, Place])[] | null {
  const value = memberOf(members, kind);
  const list = value === undefined ? [] : listOf(value, place.member(kind));
  if (list === null) return null;
  const texts = list.flatMap(([item, at]) => {
    if (typeof item === 'string') return [[item, at] as const];
    at.fault(`is ${kindOf(item)}: expected a principal as text in quotes, or a list of them`);
    return [];
  });
  return texts.length === list.length ? texts : null;
}
