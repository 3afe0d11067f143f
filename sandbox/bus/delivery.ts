import type { BusEvent, DeployedRule, Deployment } from '../parts.ts';
import { readEventFields } from './event-fields.ts';
import { compilePattern, type Matcher } from './pattern.ts';
import { checkTargets, type Targets } from './targets.ts';

export interface BusParts {
  readonly rules: readonly CompiledRule[];
  readonly targets: Targets;
}

/** EventBridge's rules for events: which targets an event reaches. */
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

/** Reads every pattern at once: one that is not understood stops the world before its story begins. */
export function compileRules(deployment: Deployment): CompiledRule[] {
  return deployment.rules.map((rule) => {
    checkTargets(rule, deployment);
    try {
      return { rule, matches: compilePattern(rule.pattern) };
    } catch (cause) {
      throw new Error(`rule ${rule.name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  });
}

export function createBusDelivery({ rules, targets }: BusParts): BusDelivery {
  return {
    async deliver(busName, event, times, detailText) {
      const { detail, ...envelope } = event;
      const sent = detailText ?? JSON.stringify(detail);
      const seen = readEventFields(`{"detail":${sent},${JSON.stringify(envelope).slice(1)}`);
      const deliveries = rules
        .filter(({ rule, matches }) => rule.enabled && rule.busName === busName && matches(seen))
        .flatMap(({ rule }) => rule.targets.map((target) => () => targets.reach(rule, target, event)));
      await Promise.all(Array.from({ length: times }, () => deliveries.map((begin) => begin())).flat());
    },
  };
}
