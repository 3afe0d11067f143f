import fc from 'fast-check';
import type { Context } from '../../../../policy/evaluate/request.ts';
import type { Service } from '../../../../policy/language.ts';
import { now, owner, region, type Somebody } from '../world.ts';
import { accountKeys, freeKeys, type Key, knownKeys, networkKeys, serviceKeys } from './keys.ts';

type Entry = readonly [key: string, values: readonly string[]] | null;

/** A key with one of its values, or several where it may have them, or absent. */
function entry({ name, kind, found }: Key): fc.Arbitrary<Entry> {
  const values =
    kind === 'list'
      ? fc.subarray([...found], { minLength: 1 })
      : fc.constantFrom(...found).map((value) => [value]);
  return fc.option(values, { freq: 2, nil: null }).map((some) => some && [name.toLowerCase(), some]);
}

/** Temporary credentials say when they were issued: now, for whoever has older ones can get others. */
const issued = ({ caller }: Somebody): Entry =>
  caller.kind === 'session' ? ['aws:tokenissuetime', [now.toISOString()]] : null;

const of = (entries: readonly Entry[]): Context => new Map(entries.filter((one) => one !== null));

/** Any request of somebody, be it one that AWS would never make: only who calls is as it is. */
export function anyContext(service: Service, { identity }: Somebody): fc.Arbitrary<Context> {
  const keys = [...networkKeys, ...knownKeys, ...serviceKeys, ...freeKeys, ...accountKeys].filter(
    ({ only }) => only === undefined || only === service,
  );
  return fc
    .tuple(...keys.map(entry))
    .map((entries) =>
      of([...entries, ...Object.entries(identity).map(([key, value]): Entry => [key, [value]])]),
    );
}

const certain = (service: Service): Entry[] => [
  ['aws:securetransport', ['true']],
  ['aws:currenttime', [now.toISOString()]],
  ['aws:epochtime', [String(now.getTime() / 1000)]],
  ['aws:requestedregion', [region]],
  ['aws:resourceaccount', [owner]],
  ['aws:principalisawsservice', ['false']],
  ...(service === 's3'
    ? [['s3:tlsversion', ['1.3']] as const, ['s3:authtype', ['REST-HEADER']] as const]
    : []),
];

const whoCalls = ({ identity }: Somebody): Entry[] =>
  Object.entries(identity).map(([key, value]): Entry => [key, [value]]);

const network = fc.oneof(
  ...networkKeys
    .slice(0, 1)
    .map((key) => fc.constantFrom(...key.found).map((ip): Entry[] => [['aws:sourceip', [ip]]])),
  fc
    .tuple(
      ...networkKeys
        .slice(1)
        .map(({ name, found }) => fc.tuple(fc.constant(name.toLowerCase()), fc.constantFrom(...found))),
    )
    .map((through) => through.map(([key, value]): Entry => [key, [value]])),
);

/** A request that a principal of the owner's account may make: over TLS, now, through the internet or an endpoint. */
export function possibleContext(service: Service, somebody: Somebody): fc.Arbitrary<Context> {
  return fc.tuple(network, ...[...freeKeys, ...accountKeys].map(entry)).map(([through, ...entries]) => {
    const free = entries.filter((one) => one?.[0] !== 'aws:tokenissuetime');
    return of([...certain(service), ...through, ...free, issued(somebody), ...whoCalls(somebody)]);
  });
}

/** A request of somebody who does nothing special: from an address that no policy names, without MFA, without tags. */
export function ordinaryContext(service: Service, somebody: Somebody): fc.Arbitrary<Context> {
  const free: Entry[] = [
    ['aws:sourceip', ['198.18.0.1']],
    ['aws:viaawsservice', ['false']],
    ['aws:useragent', ['aws-cli/2']],
    somebody.caller.kind === 'session' ? ['aws:multifactorauthpresent', ['false']] : null,
  ];
  return fc
    .tuple(...accountKeys.map(entry))
    .map((entries) =>
      of([...certain(service), ...free, ...entries, issued(somebody), ...whoCalls(somebody)]),
    );
}
