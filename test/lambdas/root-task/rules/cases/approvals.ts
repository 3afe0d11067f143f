import {
  account,
  bothApprove,
  by,
  lead,
  organization,
  queue,
  type RuleCases,
  second,
  twoNeeded,
  withoutField,
  withoutSetting,
} from './cases.ts';

const third = by('third@example.com', '2026-11-20T09:59:30Z');
const twoOfThree = { approvers: ['lead@example.com', second.approver, third.approver], ...twoNeeded };

export const approvalCases = {
  'enough approvals': {
    allowed: {
      'two of two': { event: { 'detail.approvals': [lead, second] }, settings: twoNeeded },
      'two of three': { event: { 'detail.approvals': [third, lead] }, settings: twoOfThree },
      'three of three, where two are needed': {
        event: { 'detail.approvals': [lead, second, third] },
        settings: twoOfThree,
      },
      'one, where another task needs two': { event: queue(), settings: twoNeeded },
      'one to audit an account': { event: account('audit-root-credentials') },
      'one to audit the organization': { event: organization('audit-root-credentials') },
      'one to delete in an account': { event: account('delete-root-credentials') },
      'two to delete across the organization': {
        event: organization('delete-root-credentials', bothApprove),
      },
      'two to allow password recovery': { event: account('allow-root-password-recovery', bothApprove) },
      'one, where the settings ask for one': {
        event: account('allow-root-password-recovery'),
        settings: { tasks: { 'allow-root-password-recovery': { requiredApprovals: 1 } } },
      },
      'one across the organization, where the settings ask for one there': {
        event: organization('delete-root-credentials'),
        settings: { tasks: { 'delete-root-credentials': { organizationRequiredApprovals: 1 } } },
      },
      'one in an account, where only the organization needs more': {
        event: account('audit-root-credentials'),
        settings: { tasks: { 'audit-root-credentials': { organizationRequiredApprovals: 2 } } },
      },
    },
    refused: {
      'one of two': { settings: twoNeeded, codes: ['too-few-approvals'], at: ['detail.approvals'] },
      'one to allow password recovery: nobody lets root sign in alone': {
        event: account('allow-root-password-recovery'),
        codes: ['too-few-approvals'],
        at: ['detail.approvals'],
      },
      'one to delete across the organization': {
        event: organization('delete-root-credentials'),
        codes: ['too-few-approvals'],
        at: ['detail.approvals'],
      },
      'one to delete across the organization, of which something else is said': {
        event: organization('delete-root-credentials'),
        settings: { tasks: { 'delete-root-credentials': { requiredApprovals: 1 } } },
        codes: ['too-few-approvals'],
        at: ['detail.approvals'],
      },
      'one to audit the organization, where every audit needs two': {
        event: organization('audit-root-credentials'),
        settings: { tasks: { 'audit-root-credentials': { requiredApprovals: 2 } } },
        codes: ['too-few-approvals'],
        at: ['detail.approvals'],
      },
      'two, one of whom asked': {
        event: { 'detail.requestedBy': second.approver, 'detail.approvals': [lead, second] },
        settings: twoOfThree,
        codes: ['requester-approved', 'too-few-approvals'],
        at: ['detail.approvals'],
      },
    },
    undecidable: { 'nothing was counted': () => ({ counted: undefined }) },
  },
  'the deciding approval not too old': {
    allowed: {
      'to the millisecond': { now: '2026-11-21T09:58:00.000Z' },
      'the first is old, the deciding one is not': {
        event: { 'detail.approvals': [by('lead@example.com', '2026-11-01T00:00:00Z'), second] },
        settings: twoNeeded,
      },
    },
    refused: {
      'a millisecond older': {
        now: '2026-11-21T09:58:00.001Z',
        codes: ['approval-too-old'],
        at: ['detail.approvals'],
      },
      'a millisecond older, in another offset': {
        event: { 'detail.approvals.0.approvedAt': '2026-11-20T23:58:00+14:00' },
        now: '2026-11-21T09:58:00.001Z',
        codes: ['approval-too-old'],
        at: ['detail.approvals'],
      },
      'the deciding one is old, a later one is not': {
        event: { 'detail.approvals': [by('lead@example.com', '2026-11-01T00:00:00Z'), second] },
        codes: ['approval-too-old'],
        at: ['detail.approvals'],
      },
    },
    undecidable: {
      'an age that is no duration': ({ settings }) => ({
        settings: { ...settings, approvalMaxAge: 'a day' },
      }),
    },
  },
  'no approval in the future': {
    allowed: {
      'at the edge of the clock skew': {
        event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:05:00.000Z' },
      },
      'at the edge of another clock skew': {
        event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:00:00Z' },
        settings: { clockSkew: 'PT0S' },
      },
    },
    refused: {
      'a millisecond beyond the clock skew': {
        event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:05:00.001Z' },
        codes: ['approval-in-the-future'],
        at: ['detail.approvals[0].approvedAt'],
      },
      'a millisecond ahead, where no skew is allowed': {
        event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:00:00.001Z' },
        settings: { clockSkew: 'PT0S' },
        codes: ['approval-in-the-future'],
        at: ['detail.approvals[0].approvedAt'],
      },
      'a clock that is a year behind': {
        now: '2025-11-20T09:58:00Z',
        codes: ['approval-in-the-future'],
        at: ['detail.approvals[0].approvedAt'],
      },
      'one that does not decide': {
        event: { 'detail.approvals': [lead, by('second.lead@example.com', '2027-01-01T00:00:00Z')] },
        codes: ['approval-in-the-future'],
        at: ['detail.approvals[1].approvedAt'],
      },
    },
    undecidable: {
      'no clock skew': withoutSetting('clockSkew'),
      'no clock': () => ({ now: undefined }),
      'no approvals': withoutField('approvals'),
    },
  },
} as const satisfies Record<string, RuleCases>;
