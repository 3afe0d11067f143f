import { settings as settingsSchema } from '../../../contract/settings.ts';
import { factsOf } from '../../../lambdas/root-task/rules/facts.ts';
import {
  type AuthorizedRequest,
  authorize,
  isTargeted,
  type TargetedRequest,
} from '../../../lambdas/root-task/steps/authorize.ts';
import { receive } from '../../../lambdas/root-task/steps/receive.ts';
import type { Received } from '../../../lambdas/root-task/steps/received.ts';
import { changed, exampleDetail, exampleSettings } from '../../contract/given.ts';

type Change = Readonly<Record<string, unknown>>;

/** Two minutes after the example's approval. */
export const now = new Date('2026-11-20T10:00:00.000Z');

const exampleEvent = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'Root Task Approved',
  source: 'acme.tickets',
  account: '333333333333',
  time: '2026-11-20T09:59:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: exampleDetail,
};

/** The example as EventBridge delivers it, changed by path: "detail.reason", "account". */
export const givenEvent = (changes: Change = {}) => changed(exampleEvent, changes);

export const givenSettings = (changes: Change = {}) =>
  settingsSchema.parse(changed(exampleSettings, changes));

export function givenReceived(changes: Change = {}): Received {
  const received = receive(givenEvent(changes));
  if (received.kind === 'refusal')
    throw new Error(`the given event is refused: ${JSON.stringify(received.reasons)}`);
  return received;
}

export const givenFacts = (changes: Change = {}, settings: Change = {}, at = now) =>
  factsOf(givenReceived(changes), givenSettings(settings), at);

export function givenAuthorized(changes: Change = {}, settings: Change = {}): AuthorizedRequest {
  const decided = authorize(givenReceived(changes), givenSettings(settings), now);
  if (decided.kind === 'refusal')
    throw new Error(`the given request is refused: ${JSON.stringify(decided.reasons)}`);
  return decided;
}

/** A request on something in one account. */
export function givenRequest(changes: Change = {}, settings: Change = {}): TargetedRequest {
  const request = givenAuthorized(changes, settings);
  if (!isTargeted(request)) throw new Error('the given request is of the organization');
  return request;
}
