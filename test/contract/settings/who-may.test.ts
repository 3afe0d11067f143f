import { approverListsOf, isOn, listName, requesterListOf } from '../../../contract/settings/who-may.ts';
import { settings } from '../../../contract/settings.ts';
import { changed, exampleSettings } from '../given.ts';

const given = (changes: Record<string, unknown> = {}) => settings.parse(changed(exampleSettings, changes));
const task = 'unlock-s3-bucket';
const two = ['x@example.com', 'y@example.com'];
const own = (people: object) => ({ tasks: { [task]: people } });
const lists = (changes: Record<string, unknown>) => {
  const read = given(changes);
  return approverListsOf(read, read.ticketSources[0], task).map((list) => [listName(list), list.entries]);
};

describe('an approver has to be', () => {
  it('on the common list, where there is no other', () => {
    expect(lists({})).toEqual([['approvers', ['lead@example.com', 'second.lead@example.com']]]);
  });

  it("on the source's own list in its place", () => {
    expect(lists({ 'ticketSources.0.approvers': two })).toEqual([['ticketSources[0].approvers', two]]);
  });

  it("on the task's own list in its place", () => {
    expect(lists(own({ approvers: ['*@example.com'] }))).toEqual([
      ['tasks.unlock-s3-bucket.approvers', ['*@example.com']],
    ]);
  });

  it('on both, where both are given', () => {
    const both = { 'ticketSources.0.approvers': two, ...own({ approvers: ['*@example.com'] }) };
    expect(lists(both).map(([name]) => name)).toEqual([
      'ticketSources[0].approvers',
      'tasks.unlock-s3-bucket.approvers',
    ]);
  });

  it("on the task's list, where the source is not known", () => {
    const read = given(own({ approvers: ['x@example.com'] }));
    expect(approverListsOf(read, undefined, task).map(listName)).toEqual([
      'tasks.unlock-s3-bucket.approvers',
    ]);
  });

  it('on the common list for the other tasks', () => {
    const read = given(own({ approvers: ['x@example.com'] }));
    expect(approverListsOf(read, read.ticketSources[0], 'unlock-sqs-queue').map(listName)).toEqual([
      'approvers',
    ]);
  });
});

describe('a requester', () => {
  it('may be anybody, where no list is given', () => {
    expect(requesterListOf(given(), task)).toBeUndefined();
  });

  it("has to be on the task's list, or else on the common one", () => {
    const common = { requesters: ['*@example.com'] };
    expect(requesterListOf(given(common), task)).toEqual({
      path: ['requesters'],
      entries: ['*@example.com'],
    });
    const read = given({ ...common, ...own({ requesters: ['dev@example.com'] }) });
    expect(requesterListOf(read, task)).toEqual({
      path: ['tasks', task, 'requesters'],
      entries: ['dev@example.com'],
    });
    expect(requesterListOf(read, 'unlock-sqs-queue')?.path).toEqual(['requesters']);
  });
});

it('an empty list holds nobody', () => {
  expect(isOn({ path: [], entries: [] }, 'lead@example.com')).toBe(false);
});
