import fc from 'fast-check';
import { personOf } from '../../../contract/address.ts';
import { settings } from '../../../contract/settings.ts';
import { changed, exampleSettings, faultsIn } from '../given.ts';

interface Lists {
  readonly common?: string[];
  readonly source?: string[];
  readonly task?: string[];
  readonly requesters?: string[];
  readonly required?: number;
}

/** The tasks that need two approvers where nothing is said: not used, they ask for nobody. */
const needTwo = {
  'delete-root-credentials': { enabled: false },
  'allow-root-password-recovery': { enabled: false },
};

/** The faults of settings with these lists for one task and one source. */
function faults({ common = ['common@example.com'], source, task, requesters, required = 1 }: Lists) {
  const ofTask = { requiredApprovals: required, ...(task === undefined ? {} : { approvers: task }) };
  return faultsIn(
    settings,
    changed(exampleSettings, {
      approvers: common,
      ...(source === undefined ? {} : { 'ticketSources.0.approvers': source }),
      ...(requesters === undefined ? {} : { requesters }),
      tasks: { ...needTwo, 'unlock-s3-bucket': ofTask },
    }),
  );
}

const [a, b, c] = ['a@example.com', 'b@example.com', 'c@example.com'];
const everybody = '*@example.com';

describe('settings ask for no more approvals than there are people to give them', () => {
  it.each<[string, Lists]>([
    ['as many as there are', { common: [a, b], required: 2 }],
    ['20 of a domain', { common: [everybody], required: 20 }],
    ['20 of a domain beside an address', { common: [a, everybody], required: 20 }],
    ['two on both lists', { source: [a, b], task: [c, b, a], required: 2 }],
    ['two on a list and of a domain', { source: [a, b], task: [everybody], required: 2 }],
    ['20 of a domain that both lists hold', { source: [everybody], task: ['*@EXAMPLE.com'], required: 20 }],
    ['more than the common list holds, where it does not count', { common: [a], task: [a, b], required: 2 }],
    ['a requester who is no approver', { common: [a, b], requesters: [a, c], required: 2 }],
    ['a requester who is one of three', { common: [a, b, c], requesters: [a], required: 2 }],
    ['requesters of a domain', { common: [a, b], requesters: [everybody], required: 2 }],
  ])('right: %s', (_, lists) => {
    expect(faults(lists)).toEqual([]);
  });

  it.each<[string, Lists, string, RegExp]>([
    [
      'on the common list',
      { common: [a], required: 2 },
      'requiredApprovals',
      /at most 1, the number of approvers:/,
    ],
    [
      'one person in two spellings',
      { common: [a, 'A@Example.com'], required: 2 },
      'requiredApprovals',
      /at most 1,/,
    ],
    [
      'one person with a tag',
      { common: [a, 'a+aws@example.com'], required: 2 },
      'requiredApprovals',
      /at most 1,/,
    ],
    [
      "on the source's list",
      { common: [a, b], source: [a], required: 2 },
      'requiredApprovals',
      /the number of ticketSources\[0\]\.approvers:/,
    ],
    [
      "on the task's list",
      { common: [a, b], task: [a], required: 2 },
      'requiredApprovals',
      /the number of tasks\.unlock-s3-bucket\.approvers:/,
    ],
    [
      'on both lists',
      { source: [a, b], task: [b, c], required: 2 },
      'requiredApprovals',
      /at most 1, the number of those on both ticketSources\[0\]\.approvers and tasks\.unlock-s3-bucket\.approvers:/,
    ],
    [
      'of a domain, but on one list only',
      { source: [everybody], task: [a], required: 2 },
      'requiredApprovals',
      /at most 1,/,
    ],
    [
      'nobody is on both lists',
      { source: [a], task: [b] },
      'approvers',
      /also on ticketSources\[0\]\.approvers/,
    ],
    [
      'nobody of one domain is of the other',
      { source: [everybody], task: ['*@sub.example.com'] },
      'approvers',
      /an approver must be on both lists/,
    ],
  ])('a fault: %s', (_, lists, key, message) => {
    expect(faults(lists)).toEqual([
      { path: `tasks.unlock-s3-bucket.${key}`, message: expect.stringMatching(message) },
    ]);
  });

  it.each<[string, Lists]>([
    ['both of two', { common: [a, b], requesters: [a, b], required: 2 }],
    ['the only one, with a tag', { common: [a], requesters: ['A+x@example.com'] }],
  ])('a fault: every requester is needed as an approver (%s)', (_, lists) => {
    expect(faults(lists)).toEqual([
      { path: 'requesters', message: expect.stringContaining('nobody approves what they asked for') },
    ]);
  });

  it('says one fault for a task, however many sources have it', () => {
    const [source] = exampleSettings.ticketSources;
    const twice = [source, { ...source, source: 'other.tickets' }];
    const tasks = { 'unlock-s3-bucket': { requiredApprovals: 3 } };
    expect(faultsIn(settings, { ...exampleSettings, ticketSources: twice, tasks })).toHaveLength(1);
  });

  it('says nothing of a source that may not approve the task', () => {
    const changes = {
      'ticketSources.0.tasks': ['unlock-sqs-queue'],
      tasks: { 'unlock-s3-bucket': { requiredApprovals: 3 } },
    };
    expect(faultsIn(settings, changed(exampleSettings, changes))).toEqual([]);
  });

  it('whatever exact addresses the two lists hold, counts people on both', () => {
    const address = fc.constantFrom(a, b, c, 'A@example.com', 'b+x@example.com', 'd@example.org');
    const list = fc.array(address, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(list, list, fc.integer({ min: 1, max: 4 }), (source, task, required) => {
        const folded = task.map((one) => one.toLowerCase());
        const both = source.filter((one) => folded.includes(one.toLowerCase()));
        const enough = new Set(both.map(personOf)).size >= required;
        expect(faults({ source, task, required }).length === 0).toBe(enough);
      }),
    );
  });
});

describe('a task that needs two where nothing is said', () => {
  const faultsOfOne = (tasks: object) =>
    faultsIn(settings, { ...exampleSettings, approvers: [a], tasks }).map(({ path, message }) => [
      path,
      message,
    ]);
  const deletion = 'tasks.delete-root-credentials.organizationRequiredApprovals';
  const recovery = 'tasks.allow-root-password-recovery.requiredApprovals';

  it('could never be approved by one person: the fault says how to go on', () => {
    const byDefault = /where nothing is said, \S+ needs 2: name more approvers, set this to 1, or disable/;
    expect(faultsOfOne({})).toEqual([
      [deletion, expect.stringMatching(byDefault)],
      [recovery, expect.stringMatching(byDefault)],
    ]);
  });

  it.each<[string, object, string[]]>([
    ['is disabled', needTwo, []],
    [
      'is set to one',
      {
        'delete-root-credentials': { organizationRequiredApprovals: 1 },
        'allow-root-password-recovery': { requiredApprovals: 1 },
      },
      [],
    ],
    [
      'has approvers of its own',
      {
        'delete-root-credentials': { approvers: [a, b] },
        'allow-root-password-recovery': { approvers: [a, b] },
      },
      [],
    ],
    ['is disabled but for one', { 'delete-root-credentials': { enabled: false } }, [recovery]],
    [
      'asks for two by name, though disabled',
      { ...needTwo, 'delete-root-credentials': { enabled: false, organizationRequiredApprovals: 2 } },
      [deletion],
    ],
  ])('is no contradiction where it %s', (_, tasks, paths) => {
    expect(faultsOfOne(tasks).map(([path]) => path)).toEqual(paths);
  });
});
