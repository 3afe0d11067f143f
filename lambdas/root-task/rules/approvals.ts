import { milliseconds } from '../../../contract/duration.ts';
import { sameAddress } from '../../../contract/same-approval.ts';
import { approversFor, type Rule } from './facts.ts';

const pathOf = (index: number) => `detail.approvals[${index}]`;

export const approversListed: Rule = ({ ticket, settings, ticketSource }) => {
  const listed = approversFor(settings, ticketSource);
  return ticket.approvals.flatMap(({ approver }, index) =>
    listed.has(sameAddress(approver))
      ? []
      : [
          {
            code: 'approver-not-listed',
            path: `${pathOf(index)}.approver`,
            message: `"${approver}" is not on the list of approvers`,
          },
        ],
  );
};

export const approversDistinct: Rule = ({ ticket }) => {
  const addresses = ticket.approvals.map(({ approver }) => sameAddress(approver));
  return ticket.approvals.flatMap(({ approver }, index) =>
    addresses.indexOf(sameAddress(approver)) === index
      ? []
      : [
          {
            code: 'approver-listed-twice',
            path: `${pathOf(index)}.approver`,
            message: `"${approver}" is there more than once; send each approver's deciding approval only`,
          },
        ],
  );
};

/** Four eyes: nobody approves what they asked for. */
export const requesterDoesNotApprove: Rule = ({ ticket }) =>
  ticket.approvals.flatMap(({ approver }, index) =>
    sameAddress(approver) === sameAddress(ticket.requestedBy)
      ? [
          {
            code: 'requester-approved',
            path: `${pathOf(index)}.approver`,
            message: `"${approver}" asked for this and may not approve it`,
          },
        ]
      : [],
  );

export const enoughApprovals: Rule = ({ ticket, required, counted }) =>
  counted.length >= required
    ? []
    : [
        {
          code: 'too-few-approvals',
          path: 'detail.approvals',
          message: `${ticket.task} needs ${required} approval${required === 1 ? ' that counts' : 's that count'}; found ${counted.length}`,
        },
      ];

export const notTooOld: Rule = ({ deciding, settings, now }) => {
  if (deciding === undefined) return [];
  const age = now.getTime() - Date.parse(deciding.approvedAt);
  return age <= milliseconds(settings.approvalMaxAge)
    ? []
    : [
        {
          code: 'approval-too-old',
          path: 'detail.approvals',
          message: `the deciding approval of ${deciding.approvedAt} is older than ${settings.approvalMaxAge}`,
        },
      ];
};

export const notInTheFuture: Rule = ({ ticket, settings, now }) => {
  const latest = now.getTime() + milliseconds(settings.clockSkew);
  return ticket.approvals.flatMap(({ approvedAt }, index) =>
    Date.parse(approvedAt) <= latest
      ? []
      : [
          {
            code: 'approval-in-the-future',
            path: `${pathOf(index)}.approvedAt`,
            message: `${approvedAt} lies more than ${settings.clockSkew} ahead of ${now.toISOString()}`,
          },
        ],
  );
};
