import { parseArgs } from 'node:util';

/** The parts of `npm run bench`, in the order in which it runs them. */
export const allParts = ['one-task', 'policy', 'organization', 'tests'] as const;
export type Part = (typeof allParts)[number] | 'busy';

export interface OrganizationOptions {
  readonly accounts: readonly number[];
  /** Milliseconds of a call of STS or IAM. */
  readonly latency: readonly number[];
  readonly concurrency: readonly number[];
  /** Shares of STS calls that are throttled. */
  readonly throttled: readonly number[];
  /** Numbers of accounts of the runs in which calls fail. */
  readonly failing: readonly number[];
}

export type BenchCommand =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run';
      readonly parts: readonly Part[];
      readonly organization: OrganizationOptions;
    };

/** The words of the command line are not understood; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Takes about ten minutes on two quiet cores. */
const defaults: Readonly<Record<keyof OrganizationOptions, string>> = {
  accounts: '100,1000',
  latency: '50,750',
  concurrency: '40',
  throttled: '0.05,0.2',
  failing: '1000',
};

export const usage = `npm run bench [-- <part> [options]]

Prints rows of a Markdown table. Without a part: all parts but busy, in this order.

  one-task       one root task: calls, bundles, cost, load
  policy         reading and repairing policies
  organization   runs across an organization of generated accounts
  tests          npm test, npm run test:full, cdk synth and npm run demo, against a fixed piece of work
  busy           npm test beside two busy loops; ends with 1 when a test fails

Options of organization, each a list of numbers with commas between them:

  --accounts      accounts of the organization (${defaults.accounts})
  --concurrency   accounts that are visited at once (${defaults.concurrency})
  --latency       milliseconds of a call of STS or IAM (${defaults.latency})
  --throttled     shares of STS calls that are throttled, in an organization of 100 accounts (${defaults.throttled})
  --failing       accounts of the runs in which 5 % of the calls fail (${defaults.failing})
`;

/** Reads the words behind `npm run bench --`. Throws a UsageError for those that it does not know. */
export function readCommand(words: readonly string[]): BenchCommand {
  const { positionals, values } = parsed(words);
  if (values.help === true) return { kind: 'help' };
  const [part, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one part at most, got ${positionals.join(', ')}`);
  const parts = part === undefined ? allParts : [knownPart(part)];
  const given = Object.keys(defaults).filter((name) => Reflect.get(values, name) !== undefined);
  if (given.length > 0 && part !== 'organization')
    throw new UsageError(`--${given.join(', --')}: an option of the part organization`);
  return {
    kind: 'run',
    parts,
    organization: {
      accounts: numbers('accounts', values.accounts, isCount),
      latency: numbers('latency', values.latency, (value) => value >= 0),
      concurrency: numbers('concurrency', values.concurrency, isCount),
      throttled: numbers('throttled', values.throttled, (value) => value >= 0 && value < 1),
      failing: numbers('failing', values.failing, isCount),
    },
  };
}

function parsed(words: readonly string[]) {
  const list = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        accounts: list,
        latency: list,
        concurrency: list,
        throttled: list,
        failing: list,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function knownPart(word: string): Part {
  const part = [...allParts, 'busy' as const].find((one) => one === word);
  if (part === undefined) throw new UsageError(`the bench has no part "${word}"`);
  return part;
}

const isCount = (value: number) => Number.isInteger(value) && value > 0;

/** An empty list is one: it leaves out what it is of. */
function numbers(
  name: keyof OrganizationOptions,
  text: string | undefined,
  isPossible: (value: number) => boolean,
): number[] {
  return (text ?? defaults[name])
    .split(',')
    .filter((word) => word.trim() !== '')
    .map((word) => {
      const value = Number(word);
      if (!isPossible(value)) throw new UsageError(`--${name}: ${word} cannot be one of its numbers`);
      return value;
    });
}
