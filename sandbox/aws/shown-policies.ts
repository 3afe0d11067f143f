import type { Clock, ShowsAfterMs } from '../parts.ts';

/** A bucket or a queue, as the organization's state has it. */
export interface PolicyHolder {
  policy: unknown;
}

/** The policies of buckets and queues as readers see them: a change shows only after a while. */
export interface ShownPolicies {
  /** Changes the true policy now; readers, and authorization with them, see it once its service shows it. */
  change(service: keyof ShowsAfterMs, holder: PolicyHolder, policy: unknown): void;
  /** The policy as it shows at this moment. */
  shown(service: keyof ShowsAfterMs, holder: Readonly<PolicyHolder>): unknown;
}

export function createShownPolicies(clock: Clock, showsAfterMs: ShowsAfterMs): ShownPolicies {
  const changes = new WeakMap<object, { readonly at: number; readonly before: unknown }[]>();
  return {
    change(_, holder, policy) {
      const earlier = changes.get(holder) ?? [];
      changes.set(holder, [...earlier, { at: clock.now(), before: holder.policy }]);
      holder.policy = policy;
    },
    shown(service, holder) {
      const showsUpTo = clock.now() - (showsAfterMs[service] ?? 0);
      const hidden = changes.get(holder)?.find(({ at }) => at > showsUpTo);
      return hidden === undefined ? holder.policy : hidden.before;
    },
  };
}
