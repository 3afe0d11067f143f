import type { Aws, AwsOptions, CallRecord } from '../parts.ts';
import { createQueues } from '../queues.ts';
import { createAuthorizer } from './authorize.ts';
import { createKeyRing } from './credentials.ts';
import { createDecide, createDecideForService } from './decide.ts';
import { createFaults } from './faults.ts';
import { handle } from './handle.ts';
import { createLatency } from './latency.ts';
import type { Backstage } from './operation.ts';
import { principalOf, roleSession } from './principals.ts';
import { type Handle, startServer } from './server.ts';
import { plainItem } from './services/dynamodb/attribute-value.ts';
import { type DynamoDbEngine, startDynamoDbEngine } from './services/dynamodb/engine.ts';
import { createStackBuckets, storedObjects } from './services/s3/stack-buckets.ts';
import { createServices } from './services/services.ts';
import { createSetPolicy } from './set-policy.ts';
import { dropRoutes, routeKey, sharedEndpoint } from './shared-endpoint.ts';
import { createShownPolicies } from './shown-policies.ts';

const credentialSeconds = 12 * 60 * 60;

/** Starts AWS for one deployment and one organization, which its calls change in place. */
export async function startAws(options: AwsOptions): Promise<Aws> {
  const { clock, deployment, organization, events, latencyMs } = options;
  const calls: CallRecord[] = [];
  const handleRequest: Handle = (request) => handle(request, desk);
  const isShared = options.sharesEndpoint ?? false;
  const keys = createKeyRing(clock, (id) => isShared && routeKey(id, handleRequest));
  const authorizer = createAuthorizer({ clock, organization });
  const policies = createShownPolicies(clock, options.showsAfterMs ?? {});
  const queues = createQueues({
    queues: deployment.queues,
    clock,
    arrived: events.messageSent,
    expired: events.dropped,
  });
  const backstage: Backstage = {
    deployment,
    organization,
    clock,
    keys,
    events,
    authorizer,
    queues,
    policies,
    stackBuckets: createStackBuckets(deployment.buckets),
    subscriptions: options.subscriptions ?? 'confirmed',
    engines: options.engines ?? null,
  };
  const engine = await startDynamoDbEngine(deployment.tables);
  const faults = createFaults(options.faults);
  const latency = createLatency(clock, latencyMs, options.busyEnvironments ?? (() => []));
  const desk = {
    services: createServices(backstage, engine),
    clock,
    keys,
    authorizer,
    faults,
    latency,
    millisecondsPerCall: options.millisecondsPerCall ?? 0,
    events,
    record: (call: CallRecord) => calls.push(call),
    defect: (error: unknown, what: string) => console.error(`sandbox: ${what}:`, error),
  };
  const server = await startServer(handleRequest);

  return {
    endpoint: server.endpoint,
    functionEndpoint: isShared ? await sharedEndpoint() : server.endpoint,
    calls,
    queues,
    credentialsForRole: (roleArn, sessionName, environmentId) =>
      keys.issue(roleSession(deployment, { roleArn, sessionName, environmentId }), credentialSeconds),
    environments: latency,
    adoptCredentials: (credentials, roleArn, sessionName, environmentId) =>
      keys.adopt(
        roleSession(deployment, { roleArn, sessionName, environmentId }),
        credentials,
        credentialSeconds,
      ),
    credentialsForPrincipal: (arn) => keys.issue(principalOf(deployment, arn), credentialSeconds),
    decide: createDecide(backstage),
    decideForService: createDecideForService(backstage),
    setPolicy: createSetPolicy(backstage),
    strikeHandOver: (operation) => faults.meet('lambda', operation).take('before'),
    faultsOf: faults.meet,
    setFaults: (requests) => faults.replace(requests),
    issuedCredentials: () => keys.all().map(({ credentials }) => credentials),
    storedObjects: () => storedObjects(backstage.stackBuckets),
    scanTable: (tableName) => scanTable(engine, tableName),
    async close() {
      dropRoutes(handleRequest);
      await server.close();
      await engine.close();
    },
  };
}

async function scanTable(engine: DynamoDbEngine, tableName: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let startKey: unknown;
  do {
    const { status, body } = await engine.send('Scan', {
      TableName: tableName,
      ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
    });
    if (status !== 200) throw new Error(`table ${tableName} cannot be scanned: ${JSON.stringify(body)}`);
    items.push(...(Array.isArray(body.Items) ? body.Items.map(plainItem) : []));
    startKey = body.LastEvaluatedKey;
  } while (startKey !== undefined);
  return items;
}
