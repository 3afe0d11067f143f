import type { Service } from '../language.ts';
import { type Members, memberOf } from './shapes.ts';

/** Whose policy it is, told from its actions, or from its resources where these do not tell; null where none do. */
export function tellService(statements: readonly Members[]): Service | null {
  const texts = (...names: string[]) =>
    statements.flatMap((statement) => names.flatMap((name) => [memberOf(statement, name)].flat(1)));
  const actions = texts('Action', 'NotAction').map((text) => /^(s3|sqs):/i.exec(String(text))?.[1]);
  const resources = texts('Resource', 'NotResource').map(
    (text) => /^arn:[^:]*:(s3|sqs):/.exec(String(text))?.[1],
  );
  return onlyOne(actions) ?? onlyOne(resources);
}

function onlyOne(found: readonly (string | undefined)[]): Service | null {
  const names = new Set(found.map((name) => name?.toLowerCase()));
  const [s3, sqs] = [names.has('s3'), names.has('sqs')];
  if (s3 === sqs) return null;
  return s3 ? 's3' : 'sqs';
}
