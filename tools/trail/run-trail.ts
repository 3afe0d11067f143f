import { parseArgs } from 'node:util';
import { visible, visibleJson } from '../../contract/shown.ts';
import type { CommandResult } from '../command-result.ts';
import { errorCodeOf } from '../error-code.ts';
import { checkTrail } from './check.ts';
import { policyOf } from './policy.ts';
import { UnreadableError } from './unreadable.ts';

const usage = `npm run --silent trail -- verify <trail> [--digests <file or folder>...] [--json]
npm run --silent trail -- policy <request id> [<trail>]

verify checks an audit trail: recomputes every chain and compares it with the digests that were kept outside of the table.
policy prints the policy that a request found on its bucket or queue, as AWS gave it.

<trail> is a file or folder (a JSON array of entries, what the sandbox answers, the answer of "aws dynamodb scan", or
DynamoDB's export), "-" for the standard input, or a table by its name or ARN, read with your own AWS credentials.
Without it, policy reads the audit trail of the account and Region that these credentials are for.

Exits with 0 when the trail is whole or the policy was printed, 1 when the trail is not whole, 2 when nothing can be said.`;

type Asked =
  | {
      readonly what: 'verify';
      readonly source: string;
      readonly digests: readonly string[];
      readonly json: boolean;
    }
  | { readonly what: 'policy'; readonly requestId: string; readonly source: string | undefined };

function asked(args: readonly string[]): Asked {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      digests: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const [command, first, ...more] = positionals;
  const tooMuch = (what: string) => new UnreadableError(`${what} at a time: ${more.join(' ')} is too much`);
  if (command === 'policy') {
    if (first === undefined) throw new UnreadableError('say which request found the policy');
    if (more.length > 1) throw tooMuch('one request');
    if (values.json || values.digests.length > 0)
      throw new UnreadableError('--json and --digests belong to verify');
    return { what: 'policy', requestId: first, source: more[0] };
  }
  if (command !== 'verify' || first === undefined) throw new UnreadableError('say what to verify');
  if (more.length > 0 && values.digests.length === 0) throw tooMuch('one trail');
  return { what: 'verify', source: first, digests: [...values.digests, ...more], json: values.json };
}

/** The same document, with nothing in it that would do something to a terminal. In JSON these are white space. */
function printable(policy: string): string {
  return visibleJson(policy.replaceAll(/[\r\t]/g, ' '));
}

async function carryOut(args: readonly string[]): Promise<{ readonly status: 0 | 1; readonly text: string }> {
  if (args.includes('--help')) return { status: 0, text: usage };
  const wanted = asked(args);
  switch (wanted.what) {
    case 'policy':
      return { status: 0, text: printable(await policyOf(wanted.requestId, wanted.source)) };
    case 'verify': {
      const { code, text } = await checkTrail(wanted);
      return { status: code, text };
    }
    default:
      return wanted satisfies never;
  }
}

/** Runs the command with these arguments; "-" among them reads the standard input. */
export async function runTrail(args: readonly string[]): Promise<CommandResult> {
  try {
    const { status, text } = await carryOut(args);
    return { status, stdout: `${text}\n`, stderr: '' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const doing = args[0] === 'policy' ? 'print the policy' : 'check the trail';
    const isUsage = args.length < 2 || errorCodeOf(error)?.startsWith('ERR_PARSE_ARGS_');
    const help = isUsage ? `\n${usage}\n` : '';
    return { status: 2, stdout: '', stderr: `cannot ${doing}: ${visible(message)}\n${help}` };
  }
}
