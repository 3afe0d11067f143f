import type { AwsEvents, CallRecord, Clock } from '../parts.ts';
import { authenticate } from './authentication.ts';
import type { Authorizer } from './authorize.ts';
import type { KeyRing } from './credentials.ts';
import { AwsError, notModelled } from './errors.ts';
import type { Faults } from './faults.ts';
import { credentialScopeOf, type HttpRequest } from './http-request.ts';
import { serviceNameOf, wireOf } from './identify.ts';
import type { Latency } from './latency.ts';
import type { Service } from './operation.ts';
import { type Outcome, refused } from './outcome.ts';
import { serve } from './serve.ts';

export interface Desk {
  readonly services: Readonly<Record<string, Service>>;
  readonly clock: Clock;
  readonly keys: KeyRing;
  readonly authorizer: Authorizer;
  readonly faults: Faults;
  readonly latency: Latency;
  readonly millisecondsPerCall: number;
  readonly events: Pick<AwsEvents, 'crash' | 'noAnswer' | 'struck'>;
  record(call: CallRecord): void;
  /** What the sandbox itself could not do: the caller gets a 500, a person must get to see it. */
  defect(error: unknown, what: string): void;
}

/** The way of a request, from the wire to its answer; every request leaves a record. */
export async function handle(request: HttpRequest, desk: Desk): Promise<Outcome['answer']> {
  const scope = credentialScopeOf(request);
  const serviceName = serviceNameOf(request, scope);
  const service = desk.services[serviceName];
  const wire = wireOf(service, request);
  const caller = desk.keys.find(scope?.accessKeyId ?? '')?.principal;
  desk.clock.advance(desk.millisecondsPerCall);
  const passLatency = desk.latency.begin(serviceName, caller?.environmentId ?? null);
  const record = {
    at: new Date(desk.clock.now()).toISOString(),
    principal: caller?.arn ?? 'anonymous',
    service: serviceName,
    operation: wire.operationOf(request),
    region: scope?.region ?? '',
    resource: '',
  };

  let outcome: Outcome;
  try {
    const principal = await authenticate(request, scope, { wire, keys: desk.keys, clock: desk.clock });
    const operation = service?.operations[record.operation];
    if (service === undefined || operation === undefined) {
      throw notModelled(`${serviceName}:${record.operation}`);
    }
    const input = wire.inputOf(request);
    const call = {
      service: serviceName,
      operation: record.operation,
      region: record.region,
      principal,
      input,
      request,
    };
    record.resource = operation.resource(call);
    outcome = await serve(desk, service, operation, call);
  } catch (thrown) {
    const what = `${record.principal}: ${serviceName}:${record.operation} ${record.resource}`;
    if (!(thrown instanceof AwsError)) desk.defect(thrown, what);
    outcome = refused(thrown instanceof AwsError ? thrown : internalFailure(thrown), wire, request);
  }
  desk.record({ ...record, allowed: !outcome.refused, error: outcome.error });
  await passLatency(typeof outcome.answer === 'object');
  return outcome.answer;
}

function internalFailure(thrown: unknown): AwsError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError(500, 'InternalFailure', `the sandbox failed: ${message}`);
}
