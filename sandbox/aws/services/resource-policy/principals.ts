import { isRecord } from '../../wire/json.ts';

/** By kind of principal: whether a value can name one at all. Whether a user or role exists is not known here. */
const forms: Readonly<Record<string, (value: string, partition: string) => boolean>> = {
  AWS: isAwsPrincipal,
  Service: (value) => /^[a-z\d-]+(?:\.[a-z\d-]+)*\.amazonaws\.com(?:\.cn)?$/.test(value),
  CanonicalUser: (value) => /^[\da-f]{64}$/.test(value),
  Federated: (value) =>
    /^arn:[a-z-]+:iam::\d{12}:(?:saml|oidc)-provider\/.+$/.test(value) ||
    /^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(value),
};

const name = String.raw`[\w+=,.@-]+`;
const path = String.raw`(?:[\w+=,.@/-]+/)?`;
const ofAccount = new RegExp(
  `^(?:iam::\\d{12}:(?:root|(?:user|role)/${path}${name})|sts::\\d{12}:(?:assumed-role/${name}/${name}|federated-user/${name}))$`,
);

/**
 * `*`, an account, or the ARN of a root user, user, role or session. No part of an ARN may be a wildcard, and the id that
 * AWS shows for a principal that was deleted (`AROA…`) is refused.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
function isAwsPrincipal(value: string, partition: string): boolean {
  if (value === '*' || /^\d{12}$/.test(value)) return true;
  const prefix = `arn:${partition}:`;
  if (!value.startsWith(prefix)) return false;
  const rest = value.slice(prefix.length);
  return (
    ofAccount.test(rest) || /^iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z\d]+$/.test(rest)
  );
}

/** The principals of a statement, each with its kind; null for what is no Principal element. */
export function principalsOf(
  statement: Readonly<Record<string, unknown>>,
): [kind: string, value: unknown][] | null {
  const stated = statement.Principal ?? statement.NotPrincipal;
  if (stated === '*') return [['AWS', '*']];
  if (!isRecord(stated)) return null;
  return Object.entries(stated).flatMap(([kind, values]) =>
    [values].flat().map((value): [string, unknown] => [kind, value]),
  );
}

/** Whether a statement names somebody, and nobody in a form that AWS refuses. */
export function hasPrincipals(statement: Readonly<Record<string, unknown>>, partition: string): boolean {
  const principals = principalsOf(statement) ?? [];
  return (
    principals.length > 0 &&
    principals.every(([kind, value]) => {
      const isForm = Object.hasOwn(forms, kind) ? forms[kind] : undefined;
      return isForm !== undefined && typeof value === 'string' && isForm(value, partition);
    })
  );
}
