import type { AwsEvents, CallRecord, Clock } from '../parts.ts';
import { authenticate } from './authentication.ts';
import type { Authorizer } from './authorize.ts';
import type { KeyRing } from './credentials.ts';
import { notAuthorized } from './denial.ts';
import { AwsError, notModelled } from './errors.ts';
import type { Faults } from './faults.ts';
import { credentialScopeOf, type HttpRequest } from './http-request.ts';
import { serviceNameOf, wireOf } from './identify.ts';
import type { Call, Operation, Service } from './operation.ts';
import { type Outcome, strike } from './strike.ts';
import type { Wire } from './wire/wire.ts';

export interface Desk {
  readonly services: Readonly<Record<string, Service>>;
  readonly clock: Clock;
  readonly keys: KeyRing;
  readonly authorizer: Authorizer;
  readonly faults: Faults;
  readonly latencyMs: Readonly<Record<string, number>>;
  readonly events: Pick<AwsEvents, 'crash' | 'noAnswer'>;
  record(call: CallRecord): void;
  /** What the sandbox itself could not do: the caller gets a 500, a person must get to see it. */
  defect(error: unknown, what: string): void;
}

/** The way of a request: who is it, is a fault due, is it allowed, do it, is a fault due, answer. */
export async function handle(request: HttpRequest, desk: Desk): Promise<Outcome['answer']> {
  const arrivedAt = desk.clock.now();
  const scope = credentialScopeOf(request);
  const serviceName = serviceNameOf(request, scope);
  const service = desk.services[serviceName];
  const wire = wireOf(service, request);
  const record = {
    at: new Date(arrivedAt).toISOString(),
    principal: desk.keys.find(scope?.accessKeyId ?? '')?.principal.arn ?? 'anonymous',
    service: serviceName,
    operation: wire.operationOf(request),
    region: scope?.region ?? '',
    resource: '',
  };

  let refused = true;
  let outcome: Outcome;
  try {
    const principal = await authenticate(request, scope, { wire, keys: desk.keys, clock: desk.clock });
    const operation = service?.operations[record.operation];
    if (service === undefined || operation === undefined)
      throw notModelled(`${serviceName}:${record.operation}`);
    const { region } = record;
    const input = wire.inputOf(request);
    const call: Call = {
      service: serviceName,
      operation: record.operation,
      region,
      principal,
      input,
      request,
    };
    record.resource = operation.resource(call);

    const before = strike(desk, service, call, 'before');
    if (before === undefined) await authorize(desk.authorizer, service, operation, call);
    refused = false;
    const done = before ?? (await perform(operation, call, wire));
    outcome = before ?? strike(desk, service, call, 'after') ?? done;
    refused = isRefusal(outcome.error);
  } catch (thrown) {
    const error = thrown instanceof AwsError ? thrown : internalFailure(thrown);
    if (error !== thrown)
      desk.defect(thrown, `${record.principal}: ${serviceName}:${record.operation} ${record.resource}`);
    outcome = { answer: wire.error(error, request), error: error.code };
  }
  desk.record({ ...record, allowed: !refused, error: outcome.error });
  if (typeof outcome.answer === 'object') passLatency(desk, serviceName, arrivedAt);
  return outcome.answer;
}

async function authorize(
  authorizer: Authorizer,
  service: Service,
  operation: Operation,
  call: Call,
): Promise<void> {
  for (const permission of operation.permissions(call)) {
    const verdict = await authorizer.decide(call.principal, permission, call.region);
    if (verdict.allowed) continue;
    const { action, resource } = permission;
    const message = `${notAuthorized(call.principal.arn, action, resource.arn)} ${verdict.reason}`;
    throw permission.refusal?.(message) ?? service.accessDenied(message);
  }
}

/** An error that the operation answers is an outcome like any other: a fault after it may still hide it. */
async function perform(operation: Operation, call: Call, wire: Wire): Promise<Outcome> {
  try {
    return { answer: await operation.respond(call), error: null };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { answer: wire.error(error, call.request), error: error.code };
  }
}

function isRefusal(code: string | null): boolean {
  return code !== null && /^AccessDenied|^AccountNotManagement/.test(code);
}

function internalFailure(thrown: unknown): AwsError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError(500, 'InternalFailure', `the sandbox failed: ${message}`);
}

/** Calls that overlap wait together: each is answered its latency after it came, whatever passed meanwhile. */
function passLatency({ clock, latencyMs }: Desk, serviceName: string, arrivedAt: number): void {
  const latency = latencyMs[serviceName] ?? latencyMs['default'] ?? 0;
  clock.advance(Math.max(0, arrivedAt + latency - clock.now()));
}
