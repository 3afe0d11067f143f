import type { Reason } from '../../../contract/ending.ts';
import { messageOfError } from '../../aws-errors.ts';
import { enoughApprovals, notInTheFuture, notTooOld } from './approvals.ts';
import type { Facts, Rule } from './facts.ts';
import {
  addressesPlain,
  approversDistinct,
  approversListed,
  requesterDoesNotApprove,
  requesterMayAsk,
} from './people.ts';
import {
  knownSource,
  notReplayed,
  senderAccount,
  taskEnabled,
  taskOfSource,
  ticketSystem,
} from './sender.ts';
import {
  closesInTime,
  inOwnPartition,
  notDirectoryBucket,
  notExcluded,
  notManagementAccount,
  notProtected,
} from './target.ts';

/** The authorization rules. A further rule is a row; all of them are asked, and all that fail are reported. */
export const rules = {
  'not a replay': notReplayed,
  'a configured ticket source': knownSource,
  'sent from the account of that source': senderAccount,
  'a ticket system that the source speaks for': ticketSystem,
  'a task that the source may approve': taskOfSource,
  'a task that is enabled': taskEnabled,
  'every address a plain one': addressesPlain,
  'the requester may request': requesterMayAsk,
  'every approver on the list': approversListed,
  'every approver once': approversDistinct,
  'the requester is no approver': requesterDoesNotApprove,
  'enough approvals': enoughApprovals,
  'the deciding approval not too old': notTooOld,
  'no approval in the future': notInTheFuture,
  'in the partition of this organization': inOwnPartition,
  'not the management account': notManagementAccount,
  'not an excluded account': notExcluded,
  'not a protected target': notProtected,
  'not a directory bucket': notDirectoryBucket,
  'an opening that closes in time': closesInTime,
} as const satisfies Record<string, Rule>;

/** Asks every rule. A rule that cannot decide refuses: an exception is a reason like any other. */
export function reasonsToRefuse(facts: Facts, table: Readonly<Record<string, Rule>> = rules): Reason[] {
  return Object.entries(table).flatMap(([name, rule]) => {
    try {
      return rule(facts);
    } catch (error) {
      return [
        {
          code: 'rule-could-not-decide',
          message: `"${name}" could not be decided: ${messageOfError(error)}`,
        },
      ];
    }
  });
}
