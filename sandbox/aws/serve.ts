import type { AwsEvents } from '../parts.ts';
import type { Authorizer } from './authorize.ts';
import { notAuthorized } from './denial.ts';
import { AwsError } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Call, Operation, Service } from './operation.ts';
import { answered, failed, type Outcome, refused } from './outcome.ts';
import { strike } from './strike.ts';

interface Counter {
  readonly authorizer: Authorizer;
  readonly faults: Faults;
  readonly events: Pick<AwsEvents, 'crash' | 'noAnswer' | 'struck'>;
}

/** Serves a call whose sender is known: a fault before it, permission, the operation, a fault after it. */
export async function serve(
  counter: Counter,
  service: Service,
  operation: Operation,
  call: Call,
): Promise<Outcome> {
  const struck = { events: counter.events, faults: counter.faults.meet(call.service, call.operation) };
  const before = strike(struck, service, call, 'before');
  if (before !== undefined) return before;
  const outcome = await authorizeAndPerform(counter.authorizer, service, operation, call);
  return strike(struck, service, call, 'after') ?? outcome;
}

async function authorizeAndPerform(
  authorizer: Authorizer,
  service: Service,
  operation: Operation,
  call: Call,
): Promise<Outcome> {
  try {
    const refusal = await refusalOf(authorizer, service, operation, call);
    if (refusal !== undefined) return refused(refusal, service.wire, call.request);
    return answered(await operation.respond(call));
  } catch (error) {
    if (error instanceof AwsError) return failed(error, service.wire, call.request);
    throw error;
  }
}

async function refusalOf(
  authorizer: Authorizer,
  service: Service,
  operation: Operation,
  call: Call,
): Promise<AwsError | undefined> {
  for (const permission of operation.permissions(call)) {
    const verdict = await authorizer.decide(call.principal, permission, call.region);
    if (verdict.allowed) continue;
    const { action, resource } = permission;
    const message = `${notAuthorized(call.principal.arn, action, resource.arn)} ${verdict.reason}`;
    return permission.refusal?.(message) ?? service.accessDenied(message);
  }
  return undefined;
}
