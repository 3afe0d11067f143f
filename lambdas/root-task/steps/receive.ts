import { approvedTicket, maximumDetailBytes } from '../../../contract/approved-ticket.ts';
import { canonicalJson, sha256 } from '../../../contract/canonical-json.ts';
import type { Reason } from '../../../contract/ending.ts';
import { envelope } from '../../../contract/envelope.ts';
import { type Fault, faultsOf, maximumFaults } from '../../../contract/faults.ts';
import { sameApproval } from '../../../contract/same-approval.ts';
import type { Received, Refusal } from './received.ts';
import { understand } from './understand.ts';

/**
 * The door: an event comes in as unknown and leaves as Received, or as a Refusal that names the path and the reason of
 * every fault. Nothing behind the door parses again.
 */
export function receive(event: unknown): Received | Refusal {
  const read = envelope.safeParse(event);
  const detail = read.success ? read.data.detail : understand(event).detail;
  const bytes = Buffer.byteLength(canonicalJson(detail ?? null), 'utf8');
  if (bytes > maximumDetailBytes) {
    return refusal(event, [
      {
        code: 'too-large',
        path: 'detail',
        message: `expected at most ${maximumDetailBytes} bytes of detail; found ${bytes}`,
      },
    ]);
  }
  const ticket = approvedTicket.safeParse(detail);
  if (read.success && ticket.success) {
    return {
      kind: 'received',
      envelope: read.data,
      ticket: ticket.data,
      approvalSha256: sha256(canonicalJson(sameApproval(ticket.data))),
    };
  }
  const faults = [
    ...(read.success ? [] : faultsOf(event, read.error)),
    ...(ticket.success ? [] : faultsOf(detail, ticket.error).map(insideDetail)),
  ];
  const [first, ...others] = faults
    .slice(0, maximumFaults)
    .map((fault): Reason => ({ code: 'malformed', ...fault }));
  return refusal(event, [
    first ?? { code: 'malformed', path: '(document)', message: 'expected an approval event' },
    ...others,
  ]);
}

function insideDetail(fault: Fault): Fault {
  return { ...fault, path: fault.path === '(document)' ? 'detail' : `detail.${fault.path}` };
}

function refusal(event: unknown, reasons: readonly [Reason, ...Reason[]]): Refusal {
  const { detail: _, ...understood } = understand(event);
  return { kind: 'refusal', reasons, understood, event, requestId: null };
}
