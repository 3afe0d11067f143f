import { personOf, plainAddress, spelledOut } from '../../../contract/address.ts';
import type { Reason } from '../../../contract/ending.ts';
import { listName, requesterListOf } from '../../../contract/settings/who-may.ts';
import { isOnAll, type Rule } from './facts.ts';

const approverPath = (index: number) => `detail.approvals[${index}].approver`;
const requesterPath = 'detail.requestedBy';

/** Nobody can tell who an address with look-alike letters, or with a name around it, belongs to. */
export const addressesPlain: Rule = ({ ticket }) => {
  const addresses = ticket.approvals.map(({ approver }, index) => ({
    address: approver,
    path: approverPath(index),
  }));
  return [{ address: ticket.requestedBy, path: requesterPath }, ...addresses]
    .filter(({ address }) => plainAddress(address) === undefined)
    .map(({ address, path }) => ({
      code: 'address-not-plain',
      path,
      message: `"${spelledOut(address)}" is no plain e-mail address; send the address alone, in ASCII letters, for example "lead@example.com"`,
    }));
};

export const requesterMayAsk: Rule = ({ ticket, settings }) => {
  const list = requesterListOf(settings, ticket.task);
  return list === undefined || isOnAll([list], ticket.requestedBy)
    ? []
    : [
        {
          code: 'requester-not-listed',
          path: requesterPath,
          message: `"${ticket.requestedBy}" may not ask for ${ticket.task}: not on the list of ${listName(list)} in the settings`,
        },
      ];
};

export const approversListed: Rule = ({ ticket, approverLists }) =>
  ticket.approvals.flatMap(({ approver }, index): Reason[] => {
    const lacking = approverLists.filter((list) => !isOnAll([list], approver));
    return isOnAll(approverLists, approver)
      ? []
      : [
          {
            code: 'approver-not-listed',
            path: approverPath(index),
            message: `"${approver}" is not on the list of approvers (${lacking.map(listName).join(', ')} in the settings)`,
          },
        ];
  });

export const approversDistinct: Rule = ({ ticket }) => {
  const people = ticket.approvals.map(({ approver }) => personOf(approver));
  return ticket.approvals.flatMap(({ approver }, index) =>
    people.indexOf(personOf(approver)) === index
      ? []
      : [
          {
            code: 'approver-listed-twice',
            path: approverPath(index),
            message: `"${approver}" is there more than once; send each approver's deciding approval only`,
          },
        ],
  );
};

/** Four eyes: nobody approves what they asked for. */
export const requesterDoesNotApprove: Rule = ({ ticket }) =>
  ticket.approvals.flatMap(({ approver }, index) =>
    personOf(approver) === personOf(ticket.requestedBy)
      ? [
          {
            code: 'requester-approved',
            path: approverPath(index),
            message: `"${approver}" asked for this and may not approve it`,
          },
        ]
      : [],
  );
