import { senderAccountsOf, taskSettingsOf } from '../../../contract/settings.ts';
import type { Rule } from './facts.ts';

/** A replayed event was approved once already; only a person may decide that it is needed again. */
export const notReplayed: Rule = ({ envelope }) =>
  envelope['replay-name'] === undefined
    ? []
    : [
        {
          code: 'replayed',
          path: 'replay-name',
          message: 'events replayed from an archive are never carried out',
        },
      ];

export const knownSource: Rule = ({ envelope, settings, ticketSource }) =>
  ticketSource !== undefined
    ? []
    : [
        {
          code: 'unknown-source',
          path: 'source',
          message: `"${envelope.source}" is not a configured ticket source (${settings.ticketSources.map(({ source }) => source).join(', ')})`,
        },
      ];

/** `account` is the one field about the sender that the sender cannot choose. */
export const senderAccount: Rule = ({ envelope, ticketSource }) => {
  if (ticketSource === undefined) return [];
  const accounts = senderAccountsOf(ticketSource);
  return accounts.includes(envelope.account)
    ? []
    : [
        {
          code: 'wrong-sender-account',
          path: 'account',
          message: `account ${envelope.account} may not send for "${ticketSource.source}"; its sender accounts are ${accounts.join(', ')}`,
        },
      ];
};

export const ticketSystem: Rule = ({ ticket, ticketSource }) => {
  if (ticketSource === undefined) return [];
  const spokenFor = ticketSource.ticketSystems.some(
    (system) => system.toLowerCase() === ticket.ticket.system.toLowerCase(),
  );
  return spokenFor
    ? []
    : [
        {
          code: 'wrong-ticket-system',
          path: 'detail.ticket.system',
          message: `"${ticketSource.source}" speaks for ${ticketSource.ticketSystems.join(', ')}, not for "${ticket.ticket.system}"`,
        },
      ];
};

export const taskOfSource: Rule = ({ ticket, ticketSource }) =>
  ticketSource?.tasks === undefined || ticketSource.tasks.includes(ticket.task)
    ? []
    : [
        {
          code: 'task-not-allowed-for-source',
          path: 'detail.task',
          message: `"${ticketSource.source}" may approve ${ticketSource.tasks.join(', ')}, not ${ticket.task}`,
        },
      ];

export const taskEnabled: Rule = ({ ticket, settings }) =>
  taskSettingsOf(settings, ticket.task).enabled
    ? []
    : [{ code: 'task-disabled', path: 'detail.task', message: `${ticket.task} is disabled in the settings` }];
