import { envelope } from '../../contract/envelope.ts';
import { changed, faultsIn } from './given.ts';

const example = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  account: '333333333333',
  source: 'acme.tickets',
  'detail-type': 'Root Task Approved',
  time: '2026-11-20T10:00:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: {},
};

describe('the envelope', () => {
  it('is taken as EventBridge writes it, with fields that rootdesk does not need', () => {
    expect(faultsIn(envelope, example)).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['no id', 'id', undefined],
    ['an id that would leave its place in the trail', 'id', '../jira/sec-1234'],
    ['an id of 129 characters', 'id', 'a'.repeat(129)],
    ['an account that is none', 'account', 'acme'],
    ['an empty source', 'source', ''],
    ['a source of two lines', 'source', 'acme\nticket'],
    ['a source of 257 characters', 'source', 'a'.repeat(257)],
    ['another detail-type', 'detail-type', 'Root Task Ended'],
    ['a detail-type in another spelling', 'detail-type', 'root task approved'],
    ['a time without an offset', 'time', '2026-11-20T10:00:00'],
    ['a replay name that is a number', 'replay-name', 1],
  ])('may not have %s', (_, path, value) => {
    expect(faultsIn(envelope, changed(example, { [path]: value })).map((fault) => fault.path)).toEqual([
      path,
    ]);
  });
});
