import type { Aws, Clock, Deployment, TableChange } from '../parts.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { Functions } from './functions.ts';
import { createStreamMapping, type StreamMapping } from './stream-mapping.ts';
import { createRecorder } from './stream-records.ts';

/** What Lambda's poller does with a stream, as the function's role. */
const readActions = ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'];

export interface StreamsParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly functions: Functions;
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
  readonly destination: FailureDestination;
}

export interface Streams {
  /** Hands a change of a table to every mapping on its stream. */
  changed(change: TableChange): Promise<void>;
}

export function createStreams(parts: StreamsParts): Streams {
  const { deployment, clock, functions, later, destination } = parts;
  const record = createRecorder(deployment.region, clock.now);
  const mappings = deployment.eventSourceMappings.map((mapping): [string, StreamMapping] => {
    const fn = deployment.functions.find(({ arn }) => arn === mapping.functionArn);
    if (fn === undefined) throw new Error(`no function ${mapping.functionArn} in the stack`);
    return [
      mapping.sourceArn,
      createStreamMapping({ mapping, fn, clock, invoke: functions.invoke, later, destination }),
    ];
  });
  return {
    async changed(change) {
      const table = deployment.tables.find(({ arn }) => arn === change.tableArn);
      if (table === undefined || table.streamArn === null) return;
      const { streamArn } = table;
      const made = record(table, streamArn, change);
      await Promise.all(
        mappings.filter(([arn]) => arn === streamArn).map(([, mapping]) => mapping.take(made)),
      );
    },
  };
}

/** A mapping whose role may not read the stream cannot be made in AWS: said before the story begins. */
export async function checkStreamReads(deployment: Deployment, decide: Aws['decide']): Promise<void> {
  for (const { functionArn, sourceArn } of deployment.eventSourceMappings) {
    const fn = deployment.functions.find(({ arn }) => arn === functionArn);
    for (const action of readActions) {
      const principalArn = fn?.roleArn ?? functionArn;
      const { allowed, reason } = await decide({ principalArn, action, resource: sourceArn });
      if (!allowed) throw new Error(`the role of ${fn?.name} may not ${action} on ${sourceArn}: ${reason}`);
    }
  }
}
