import { pathText } from '../faults.ts';
import type { Settings } from '../settings.ts';
import { tooFewPeople } from './enough-people.ts';
import { partitionOfRole, rolesOf } from './partition.ts';

export interface Contradiction {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What each setting allows by itself, but not all of them together. */
export function contradictions(settings: Settings): Contradiction[] {
  return [
    ...sourcesTwice(settings),
    ...toldTwice(settings),
    ...otherPartitions(settings),
    ...tooFewPeople(settings),
  ];
}

function sourcesTwice({ ticketSources }: Settings): Contradiction[] {
  const sources = ticketSources.map(({ source }) => source);
  return repeated(sources).map((index) => ({
    path: ['ticketSources', index, 'source'],
    message: `expected each source once; "${sources[index]}" is there twice`,
  }));
}

function toldTwice({ onCall }: Settings): Contradiction[] {
  const emails = onCall.emails.map((email) => email.toLowerCase());
  return repeated(emails).map((index) => ({
    path: ['onCall', 'emails', index],
    message: `expected each address once; "${emails[index]}" is there twice`,
  }));
}

/** Where an earlier item is there again. */
function repeated(items: readonly string[]): number[] {
  return items.flatMap((item, index) => (items.indexOf(item) === index ? [] : [index]));
}

function otherPartitions(settings: Settings): Contradiction[] {
  const roles = rolesOf(settings).flatMap(({ arn, path }) => {
    const partition = partitionOfRole(arn);
    return partition === undefined ? [] : [{ partition, path }];
  });
  const [first] = roles;
  if (first === undefined) return [];
  return roles
    .filter(({ partition }) => partition !== first.partition)
    .map(({ path }) => ({
      path,
      message: `expected a role of the partition "${first.partition}", as in ${pathText(first.path)}: an organization is in one partition`,
    }));
}
