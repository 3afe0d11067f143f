import { taskPolicyArn } from '../../contract/root-tasks.ts';
import { describeTarget, targetSchemaOf } from '../../contract/target.ts';
import { callsOf, endings, expectToldOnce } from './given.ts';
import { account } from './scenes/scene.ts';
import { everyScene } from './scenes/scenes.ts';
import { openTheatre, type Played, type Theatre } from './scenes/theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

describe.each(everyScene)('$task: an approved ticket', (scene) => {
  let answer: Played;
  beforeAll(async () => {
    answer = await theatre.play(scene, ({ administratorTries, send }) => [
      administratorTries,
      send(),
      administratorTries,
    ]);
  });

  it('lets a shut-out administrator in again', () => {
    expect(answer.tries.map(({ allowed }) => allowed)).toEqual([false, true]);
    expect(answer.tries[0]?.reason).toMatch(/explicit deny in a resource-based policy/);
    expect(answer.policy).toBeNull();
    expect(callsOf(answer, scene.service, scene.change)).toBe(1);
  });

  it('leaves a trail that says how', () => {
    const { target, ticket, trail } = { ...answer, target: answer.ticket.target };
    const [approved, acting, ended] = trail;
    expect(trail).toHaveLength(3);
    expect(approved).toMatchObject({
      kind: 'approved',
      requestId: `jira/${ticket.id.toLowerCase()}/${scene.task}/${scene.path(target)}/${ticket.at('-PT2M')}`,
      accountId: account,
      approval: ticket.approval(),
      envelope: { source: 'acme.tickets', account: '333333333333' },
      authorizedBy: { required: 1, counted: [{ approver: 'lead@example.com' }] },
    });
    expect(acting).toMatchObject({
      kind: 'acting',
      attempt: 1,
      intended: { policy: null, sha256: null },
      session: {
        accessKeyId: expect.stringMatching(/^ASIA/),
        taskPolicy: taskPolicyArn('aws', scene.task),
        sourceIdentity: expect.stringMatching(new RegExp(`^${ticket.id}\\.[0-9a-f]{16}$`)),
      },
    });
    const before = acting?.before as { policy: string };
    expect(JSON.parse(before.policy)).toEqual(scene.lockOut(target));
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'unlocked', after: { policy: null } });
  });

  it('is answered once, to people and to the bus, with the hash that the trail has', () => {
    expectToldOnce(answer);
    const [ended] = endings(answer);
    const { requestId, hash, summary, remedy } = ended ?? {};
    expect(answer.outcomes).toMatchObject([
      {
        source: 'rootdesk',
        'detail-type': 'Root Task Ended',
        detail: { ending: 'succeeded', task: scene.task, accountId: account, entryHash: hash, requestId },
      },
    ]);
    const { target, id } = answer.ticket;
    const [told] = answer.notifications;
    expect(told?.subject).toBe(`rootdesk succeeded: ${scene.task} ${target} ${id}`);
    const described = describeTarget(targetSchemaOf(scene.task).parse(scene.target(target)));
    for (const said of [described, 'lead@example.com', id, hash, summary, remedy])
      expect(told?.message).toContain(said);
  });

  it('is carried out by root of the account, in the Region of the target, in one session', () => {
    const ofRoot = answer.calls.filter(({ principal }) => principal === `arn:aws:iam::${account}:root`);
    expect(ofRoot.map(({ operation }) => operation)).toEqual([
      scene.find,
      scene.read,
      scene.change,
      scene.read,
    ]);
    const onTarget = ofRoot.filter(({ operation }) => operation !== scene.find);
    expect(new Set(onTarget.map(({ region }) => region))).toEqual(new Set([scene.region]));
    expect(answer.calls.filter(({ operation }) => operation === 'AssumeRoot')).toMatchObject([
      { resource: `arn:aws:iam::${account}:root`, allowed: true, region: 'eu-central-1' },
    ]);
  });

  it('leaves all other targets alone, those whose names begin alike, too', () => {
    const names = Array.from({ length: 110 }, (_, index) => scene.nameOf(index + 1));
    const untouched = names.slice(names.indexOf(answer.ticket.target) + 1);
    expect(untouched.length).toBeGreaterThan(100);
    for (const name of untouched)
      expect(scene.policyAtTheEnd(answer.organization, name)).toEqual(scene.lockOut(name));
  });
});

describe.each(everyScene)('$task: without anything to do', (scene) => {
  it('a ticket ends so, and nothing is changed', async () => {
    const answer = await theatre.play(scene, ({ ownerPuts, send }) => [ownerPuts(null), send()]);

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(endings(answer)).toMatchObject([{ ending: 'nothing-to-do', code: 'no-policy' }]);
    expect(callsOf(answer, scene.service, scene.change)).toBe(0);
    expectToldOnce(answer);
  });
});

describe.each(everyScene)('$task: a rehearsal', (scene) => {
  it('does everything up to the change, and changes nothing', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send({ dryRun: true })]);

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(endings(answer)).toMatchObject([{ ending: 'rehearsed', code: 'would-unlock' }]);
    expect(answer.trail[0]?.requestId).toMatch(/\/rehearsal$/);
    expect(callsOf(answer, scene.service, scene.read)).toBe(1);
    expect(callsOf(answer, scene.service, scene.change)).toBe(0);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
    expectToldOnce(answer);
  });

  it('uses nothing up: the same approval may then be carried out', async () => {
    const answer = await theatre.play(scene, ({ send }) => [send({ dryRun: true }), send()]);

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['rehearsed', 'succeeded']);
    expect(answer.policy).toBeNull();
  });

  it('passes the same rules', async () => {
    const answer = await theatre.play(scene, ({ send }) => [
      send({ dryRun: true, requestedBy: 'lead@example.com' }),
    ]);

    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'requester-approved' }]);
  });
});
