import { permitsInvoke } from '../lambda/permission.ts';
import type { Aws, BusEvent, Clock, DeployedFunction, DeployedTarget, Deployment } from '../parts.ts';
import type { MessageAttribute, NewMessage } from '../queues.ts';
import { type HandOverFailure, noPermissions, struck } from './hand-over-failure.ts';

const service = 'events.amazonaws.com';

/** EventBridge tries again with growing delay. Source: EventBridge User Guide, "How EventBridge retries delivering". */
const longestDelayMs = 8 * 60_000;
const delayBefore = (retry: number) => Math.min(1000 * 2 ** (retry - 1), longestDelayMs);

export interface TargetsParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly decideForService: Aws['decideForService'];
  /** Lambda's asynchronous invocation; ends when nothing more is going on for it now. */
  readonly invokeAsync: (fn: DeployedFunction, event: unknown) => Promise<void>;
  readonly enqueue: (queueArn: string, message: NewMessage) => void;
  /** Runs something later on the sandbox's clock. */
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
  readonly strikeHandOver: Aws['strikeHandOver'];
  /** An event that reaches neither its target nor a dead-letter queue is gone; the sandbox says so in its own log. */
  readonly dropped: (what: string) => void;
}

/** The rule, for events or by the clock, for which something is handed over. */
type Rule = { readonly name: string; readonly arn: string };

/** Hands events over to the targets of rules, and to dead-letter queues what cannot be handed over. */
export interface Targets {
  reach(rule: Rule, target: DeployedTarget, event: BusEvent): Promise<void>;
}

interface Delivery {
  readonly rule: Rule;
  readonly target: DeployedTarget;
  readonly event: BusEvent;
  readonly since: number;
}

/** A target that is not modelled stops the world before its story begins. */
export function checkTargets(
  { name, targets }: Rule & { readonly targets: readonly DeployedTarget[] },
  { functions, queues }: Deployment,
): void {
  const known = new Set([...functions, ...queues].map(({ arn }) => arn));
  const stranger = targets.find(({ arn }) => !known.has(arn));
  if (stranger !== undefined) {
    throw new Error(`rule ${name}: the sandbox models functions and queues as targets, not ${stranger.arn}`);
  }
}

export function createTargets(parts: TargetsParts): Targets {
  const { deployment, clock } = parts;

  /** Gives why the queue did not take it, or null. */
  async function sendAsService(rule: Rule, queueArn: string, message: Omit<NewMessage, 'senderId'>) {
    const action = 'sqs:SendMessage';
    const request = { service, action, resourceArn: queueArn, sourceArn: rule.arn };
    const { allowed, reason } = await parts.decideForService(request);
    if (!allowed) return reason;
    parts.enqueue(queueArn, { ...message, senderId: service });
    return null;
  }

  async function handOver({ rule, target, event }: Delivery): Promise<HandOverFailure | null> {
    const text = target.input ?? JSON.stringify(event);
    const fn = deployment.functions.find(({ arn }) => arn === target.arn);
    if (fn === undefined) {
      const reason = await sendAsService(rule, target.arn, { body: text });
      return reason === null ? null : noPermissions(reason);
    }
    if (!permitsInvoke(fn, service, rule.arn)) {
      return noPermissions(`${fn.name} does not permit ${service} to invoke it`);
    }
    const effect = parts.strikeHandOver('Invoke');
    if (effect !== undefined) return struck(effect);
    await parts.invokeAsync(fn, target.input === undefined ? event : JSON.parse(text));
    return null;
  }

  async function attempt(delivery: Delivery, retries: number): Promise<void> {
    const failure = await handOver(delivery);
    if (failure === null) return;
    if (!failure.retriable) return deadLetter(delivery, failure, {});
    const { rule, target, since } = delivery;
    const at = clock.now() + delayBefore(retries + 1);
    const exhausted =
      (retries >= target.maximumRetryAttempts && 'MaximumRetryAttempts') ||
      (at - since > target.maximumEventAgeSeconds * 1000 && 'MaximumEventAgeInSeconds');
    if (exhausted) {
      return deadLetter(delivery, failure, {
        EXHAUSTED_RETRY_CONDITION: exhausted,
        RETRY_ATTEMPTS: String(retries),
      });
    }
    parts.later(at, `rule ${rule.name} tries again`, () => attempt(delivery, retries + 1));
  }

  /** Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events". */
  async function deadLetter(
    { rule, target, event }: Delivery,
    { code, message }: HandOverFailure,
    more: Readonly<Record<string, string>>,
  ): Promise<void> {
    const texts = {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: message,
      ...more,
    };
    const attributes = Object.fromEntries(
      Object.entries(texts).map(([name, text]): [string, MessageAttribute] => [
        name,
        { dataType: 'String', stringValue: text },
      ]),
    );
    const refused =
      target.deadLetterArn === null
        ? 'the target has no dead-letter queue'
        : await sendAsService(rule, target.deadLetterArn, { body: JSON.stringify(event), attributes });
    if (refused !== null)
      parts.dropped(`event ${event.id} of rule ${rule.name} is lost: ${message}; ${refused}`);
  }

  return {
    reach: (rule, target, event) => attempt({ rule, target, event, since: clock.now() }, 0),
  };
}
