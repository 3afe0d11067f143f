import { queue, type RuleCases, withoutField, withoutSetting } from './cases.ts';

const source = {
  source: 'acme.tickets',
  senderRoleArns: ['arn:aws:iam::333333333333:role/x'],
  ticketSystems: ['Jira'],
};
const other = { ...source, source: 'b', senderRoleArns: ['arn:aws:iam::444444444444:role/x'] };

export const senderCases = {
  'not a replay': {
    allowed: { 'a first delivery': {} },
    refused: {
      'a replay from an archive': {
        event: { 'replay-name': 'again' },
        codes: ['replayed'],
        at: ['replay-name'],
      },
      'a replay without a name': { event: { 'replay-name': '' }, codes: ['replayed'], at: ['replay-name'] },
    },
    undecidable: { 'no envelope': () => ({ envelope: undefined }) },
  },
  'a configured ticket source': {
    allowed: {
      'the second of two sources': {
        event: { source: 'b', account: '444444444444' },
        settings: { ticketSources: [source, other] },
      },
    },
    refused: {
      'another source': { event: { source: 'other.tickets' }, codes: ['unknown-source'], at: ['source'] },
      'a source in capitals': {
        event: { source: 'Acme.tickets' },
        codes: ['unknown-source'],
        at: ['source'],
      },
      'a source with a blank behind it': {
        event: { source: 'acme.tickets ' },
        codes: ['unknown-source'],
        at: ['source'],
      },
    },
    undecidable: { 'no envelope': () => ({ envelope: undefined, ticketSource: undefined }) },
  },
  'sent from the account of that source': {
    allowed: {
      'the second account of a source': {
        event: { account: '444444444444' },
        settings: {
          'ticketSources.0.senderRoleArns': [...source.senderRoleArns, ...other.senderRoleArns],
        },
      },
    },
    refused: {
      'another account': {
        event: { account: '333333333334' },
        codes: ['wrong-sender-account'],
        at: ['account'],
      },
      'the account of another source': {
        event: { account: '444444444444' },
        settings: { ticketSources: [source, other] },
        codes: ['wrong-sender-account'],
        at: ['account'],
      },
    },
    undecidable: {
      'no list of roles': ({ ticketSource }) => ({
        ticketSource: { ...ticketSource, senderRoleArns: undefined },
      }),
    },
  },
  'a ticket system that the source speaks for': {
    allowed: {
      'the same in capitals': { event: { 'detail.ticket.system': 'JIRA' } },
      'settings in capitals': { settings: { ticketSources: [source] } },
    },
    refused: {
      'another system': {
        event: { 'detail.ticket.system': 'servicenow' },
        codes: ['wrong-ticket-system'],
        at: ['detail.ticket.system'],
      },
    },
    undecidable: { 'no ticket': withoutField('ticket') },
  },
  'a task that the source may approve': {
    allowed: {
      'the task is on its list': { settings: { 'ticketSources.0.tasks': ['unlock-s3-bucket'] } },
      'a source without a list': { event: queue() },
    },
    refused: {
      'another task is on its list': {
        settings: { 'ticketSources.0.tasks': ['unlock-sqs-queue'] },
        codes: ['task-not-allowed-for-source'],
        at: ['detail.task'],
      },
    },
    undecidable: {
      'a list that is none': ({ ticketSource }) => ({ ticketSource: { ...ticketSource, tasks: null } }),
    },
  },
  'a task that is enabled': {
    allowed: { 'another is disabled': { settings: { tasks: { 'unlock-sqs-queue': { enabled: false } } } } },
    refused: {
      'a disabled task': {
        settings: { tasks: { 'unlock-s3-bucket': { enabled: false } } },
        codes: ['task-disabled'],
        at: ['detail.task'],
      },
    },
    undecidable: { 'no settings of tasks': withoutSetting('tasks') },
  },
} as const satisfies Record<string, RuleCases>;
