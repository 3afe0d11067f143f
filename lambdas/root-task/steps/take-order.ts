import type { AccountOrder, ClosingOrder } from '../../../contract/orders.ts';
import { accountOrder, closingOrder } from '../../../contract/orders.ts';
import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { Lane } from '../lane.ts';
import { takeAccountOrder } from './account-order.ts';
import { takeClosingOrder } from './closing-order.ts';
import type { Taken } from './take-approval.ts';

/** What one of rootdesk's own parts asks for; it authorizes nothing by itself. */
export type Order =
  | { readonly kind: 'account'; readonly order: AccountOrder }
  | { readonly kind: 'closing'; readonly order: ClosingOrder };

/** Reads an event as an order that this lane may be given; null for an approval from the bus. */
export function orderOf(event: unknown, task: RootTaskName): Order | null {
  if (task === 'close-root-password-recovery') {
    const read = closingOrder.safeParse(event);
    return read.success ? { kind: 'closing', order: read.data } : null;
  }
  const read = accountOrder.safeParse(event);
  return read.success ? { kind: 'account', order: read.data } : null;
}

/** Looks up the approval that an order rests on. Without one that says the same, it is refused, and recorded. */
export async function takeOrder({ kind, order }: Order, task: RootTaskName, lane: Lane): Promise<Taken> {
  switch (kind) {
    case 'account':
      return takeAccountOrder(order, task, lane);
    case 'closing':
      return takeClosingOrder(order, lane);
    default:
      return kind satisfies never;
  }
}
