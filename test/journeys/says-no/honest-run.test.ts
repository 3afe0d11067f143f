import { trailOf } from '../../../sandbox/scenario/trail.ts';
import { account } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';
import {
  type Desk,
  delegatedAdministrator,
  openDesk,
  otherMember,
  otherTaskPolicies,
  taskPolicyOf,
} from './desk.ts';

/** One approved unlock; then somebody finds every credential that was ever handed out for it. */
describe.each(everyScene)('$task', (scene) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
    await desk.unlock(scene);
  }, 60_000);
  afterAll(() => desk.close());

  it('no credential of an honest run opens anything but the approved account under the approved task', async () => {
    const own = taskPolicyOf(scene);
    const opened: string[] = [];
    for (const credentials of desk.world.aws.issuedCredentials())
      for (const target of [account, otherMember, delegatedAdministrator])
        for (const task of [own, ...otherTaskPolicies(scene)])
          await desk.assumeRoot(credentials, target, task).then(
            () => opened.push(`${target} ${task}`),
            (error: Error) => expect(error.name).toBe('AccessDenied'),
          );
    expect(opened).toEqual([`${account} ${own}`]);
  });

  it('its root session names the ticket, is under its task policy, and lasts a minute', async () => {
    const acting = (await trailOf(desk.world)).find(({ kind }) => kind === 'acting');
    const { session } = (acting ?? {}) as { readonly session?: Readonly<Record<string, string>> };
    expect(session).toMatchObject({
      taskPolicy: taskPolicyOf(scene),
      sourceIdentity: expect.stringMatching(/^SEC-1\.[0-9a-f]{16}$/),
      sessionName: expect.stringMatching(/^rd-[0-9a-f]{16}$/),
    });
    expect(Date.parse(session?.expiresAt ?? '') - Date.parse(acting?.at ?? '')).toBeLessThanOrEqual(60_000);
  });
});
