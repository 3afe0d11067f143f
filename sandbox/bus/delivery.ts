import { permitsInvoke } from '../lambda/permission.ts';
import type { Aws, BusEvent, DeployedFunction, DeployedRule, Deployment } from '../parts.ts';
import type { NewMessage } from '../queues.ts';
import { parseKeepingDuplicates } from './json-members.ts';
import { compilePattern, type Matcher } from './pattern.ts';

const service = 'events.amazonaws.com';

export interface BusParts {
  readonly deployment: Deployment;
  readonly rules: readonly CompiledRule[];
  readonly decideForService: Aws['decideForService'];
  /** Lambda's asynchronous invocation; ends when nothing more is going on for it now. */
  readonly invokeAsync: (fn: DeployedFunction, event: unknown) => Promise<void>;
  readonly enqueue: (queueArn: string, message: NewMessage) => void;
  /** An event that reaches neither its target nor a dead-letter queue is gone; the sandbox says so in its own log. */
  readonly dropped: (what: string) => void;
}

/** EventBridge's rules: which targets an event reaches, and what becomes of it when a target may not be reached. */
export interface BusDelivery {
  /**
   * Hands the event to every target of every rule that matches, so many times at once. Rules see the detail as it was
   * sent, where that is known: its text may give a key twice.
   */
  deliver(busName: string, event: BusEvent, times: number, detailText?: string): Promise<void>;
}

export interface CompiledRule {
  readonly rule: DeployedRule;
  readonly matches: Matcher;
}

type Target = DeployedRule['targets'][number];

/** Reads every pattern at once: one that is not understood stops the world before its story begins. */
export function compileRules({ rules, functions, queues }: Deployment): CompiledRule[] {
  const known = new Set([...functions, ...queues].map(({ arn }) => arn));
  return rules.map((rule) => {
    const stranger = rule.targets.find(({ arn }) => !known.has(arn));
    if (stranger !== undefined) {
      throw new Error(
        `rule ${rule.name}: the sandbox models functions and queues as targets, not ${stranger.arn}`,
      );
    }
    try {
      return { rule, matches: compilePattern(rule.pattern) };
    } catch (cause) {
      throw new Error(`rule ${rule.name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  });
}

export function createBusDelivery(parts: BusParts): BusDelivery {
  async function sendAsService(rule: DeployedRule, queueArn: string, body: string): Promise<string | null> {
    const action = 'sqs:SendMessage';
    const request = { service, action, resourceArn: queueArn, sourceArn: rule.arn };
    const { allowed, reason } = await parts.decideForService(request);
    if (!allowed) return reason;
    parts.enqueue(queueArn, { body, senderId: service });
    return null;
  }

  async function deadLetter(
    rule: DeployedRule,
    target: Target,
    event: BusEvent,
    problem: string,
  ): Promise<void> {
    const refused =
      target.deadLetterArn === null
        ? 'the target has no dead-letter queue'
        : await sendAsService(rule, target.deadLetterArn, JSON.stringify(event));
    if (refused !== null)
      parts.dropped(`event ${event.id} of rule ${rule.name} is lost: ${problem}; ${refused}`);
  }

  async function reach(rule: DeployedRule, target: Target, event: BusEvent): Promise<void> {
    const fn = parts.deployment.functions.find(({ arn }) => arn === target.arn);
    if (fn === undefined) {
      const refused = await sendAsService(rule, target.arn, JSON.stringify(event));
      if (refused !== null) await deadLetter(rule, target, event, refused);
    } else if (permitsInvoke(fn, service, rule.arn)) {
      await parts.invokeAsync(fn, event);
    } else {
      await deadLetter(rule, target, event, `${fn.name} does not permit ${service} to invoke it`);
    }
  }

  return {
    async deliver(busName, event, times, detailText) {
      const detail = detailText === undefined ? event.detail : parseKeepingDuplicates(detailText);
      const seen = { ...event, detail };
      const deliveries = parts.rules
        .filter(({ rule, matches }) => rule.enabled && rule.busName === busName && matches(seen))
        .flatMap(({ rule }) => rule.targets.map((target) => () => reach(rule, target, event)));
      await Promise.all(Array.from({ length: times }, () => deliveries.map((begin) => begin())).flat());
    },
  };
}
