import { parseArgs } from 'node:util';
import type { Service } from '../../policy/language.ts';
import { UnanswerableError } from './unanswerable.ts';

export const usage = `npm run --silent diagnose -- <file>... --account <12 digits> [options]

Reads policies of S3 buckets and SQS queues and says who of the owner's account is shut out of administering them, by
which statement and why, whether it takes root, and what to change. Needs no AWS. "-" is the standard input.

  --account <12 digits>   the account that owns the bucket or queue
  --organization <id>     the organization that this account is in, for policies that ask for it
  --resource <arn>        the bucket or queue, where the policy does not name it
  --service s3|sqs        whose policy it is, where the policy does not tell
  --json                  the answer as JSON: an object, for several files an array of them
  --repaired              only the repaired policy, for one file
  --hash                  only the hash that a ticket quotes; needs no --account

Exits with 0 when it has answered, also when the answer is that a policy is malformed; with 2 when nothing can be said,
and where --repaired has no repaired policy to print.`;

/** What a person wants to know of some files. */
export type Asked =
  | { readonly show: 'hash'; readonly files: readonly string[] }
  | {
      readonly show: 'words' | 'json' | 'repaired';
      readonly files: readonly string[];
      readonly accountId: string;
      readonly organizationId: string | undefined;
      readonly resourceArn: string | null;
      readonly service: Service | null;
    };

/** Reads the command line. Throws an UnanswerableError, or a TypeError of node's, for one that makes no sense. */
export function askedBy(args: readonly string[]): Asked {
  const { positionals: files, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      account: { type: 'string' },
      organization: { type: 'string' },
      resource: { type: 'string' },
      service: { type: 'string' },
      json: { type: 'boolean', default: false },
      repaired: { type: 'boolean', default: false },
      hash: { type: 'boolean', default: false },
    },
  });
  const shows = (['json', 'repaired', 'hash'] as const).filter((show) => values[show]);
  const [show = 'words', other] = shows;
  if (other !== undefined) throw new UnanswerableError(`--${show} and --${other} exclude each other`);
  if (files.length === 0) throw new UnanswerableError('name the file of a policy, or "-"');
  if (files.filter((file) => file === '-').length > 1)
    throw new UnanswerableError('the standard input can be read once only');
  if (show === 'hash') return { show, files };
  if (show === 'repaired' && files.length > 1) throw new UnanswerableError('--repaired takes one file');
  const accountId = accountIn(values.account);
  return {
    show,
    files,
    accountId,
    organizationId: organizationIn(values.organization),
    ...resourceIn(values.resource, serviceIn(values.service), accountId),
  };
}

function accountIn(text: string | undefined): string {
  if (text === undefined)
    throw new UnanswerableError('say which account owns the bucket or queue: --account <12 digits>');
  if (!/^\d{12}$/.test(text))
    throw new UnanswerableError(`--account takes an account id of 12 digits, not ${text}`);
  return text;
}

function organizationIn(text: string | undefined): string | undefined {
  if (text === undefined || /^o-[a-z0-9]{10,32}$/.test(text)) return text;
  throw new UnanswerableError(`--organization takes an id as o-exampleorg1, not ${text}`);
}

function serviceIn(text: string | undefined): Service | null {
  if (text === undefined || text === 's3' || text === 'sqs') return text ?? null;
  throw new UnanswerableError(`--service takes s3 or sqs, not ${text}`);
}

/** A resource says whose policy it is, and a queue's ARN also whose queue it is: neither may be contradicted. */
function resourceIn(
  arn: string | undefined,
  service: Service | null,
  accountId: string,
): { resourceArn: string | null; service: Service | null } {
  if (arn === undefined) return { resourceArn: null, service };
  const bucket = /^arn:aws[a-z-]*:s3:::[\w.-]+$/.test(arn);
  const [, owner] = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:(\d{12}):[\w.-]+$/.exec(arn) ?? [];
  if (!bucket && owner === undefined)
    throw new UnanswerableError(`--resource takes the ARN of a bucket or a queue, not ${arn}`);
  if (owner !== undefined && owner !== accountId)
    throw new UnanswerableError(
      `the queue of --resource is of account ${owner}, and --account says ${accountId}`,
    );
  const own = bucket ? 's3' : 'sqs';
  if (service !== null && service !== own)
    throw new UnanswerableError(`--resource is of ${own}, and --service says ${service}`);
  return { resourceArn: arn, service: own };
}
