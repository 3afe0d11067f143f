import { milliseconds } from '../../../contract/duration.ts';
import { isOrganization } from '../../../contract/target.ts';
import type { Rule } from './facts.ts';

export const enoughApprovals: Rule = ({ ticket, required, counted }) =>
  counted.length >= required
    ? []
    : [
        {
          code: 'too-few-approvals',
          path: 'detail.approvals',
          message: `${ticket.task}${isOrganization(ticket.target) ? ' across the organization' : ''} needs ${required} approval${required === 1 ? ' that counts' : 's that count'}; found ${counted.length}`,
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
            path: `detail.approvals[${index}].approvedAt`,
            message: `${approvedAt} lies more than ${settings.clockSkew} ahead of ${now.toISOString()}`,
          },
        ],
  );
};
