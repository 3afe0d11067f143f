import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { trailOf } from '../../../sandbox/scenario/trail.ts';
import { account, approval, send } from '../given.ts';
import { type Desk, delegatedAdministrator, openDesk, otherMember, otherTasks, s3Task } from './desk.ts';

/** One approved unlock; then somebody finds every credential that was ever handed out for it. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const [step] = parseScenario({ steps: [send(approval())] }).steps;
  const stage = { world: desk.world, senderRoleArn: 'arn:aws:iam::333333333333:role/ticketing', tries: [] };
  await playStep(stage, step ?? {});
}, 60_000);
afterAll(() => desk.close());

it('no credential of an honest run opens anything but the approved account under the approved task', async () => {
  const opened: string[] = [];
  for (const credentials of desk.world.aws.issuedCredentials())
    for (const target of [account, otherMember, delegatedAdministrator])
      for (const task of [s3Task, ...otherTasks])
        await desk.assumeRoot(credentials, target, task).then(
          () => opened.push(`${target} ${task}`),
          (error: Error) => expect(error.name).toBe('AccessDenied'),
        );
  expect(opened).toEqual([`${account} ${s3Task}`]);
});

it('its root session names the ticket, is under its task policy, and lasts a minute', async () => {
  const acting = (await trailOf(desk.world)).find(({ kind }) => kind === 'acting');
  const { session } = (acting ?? {}) as { readonly session?: Readonly<Record<string, string>> };
  expect(session).toMatchObject({
    taskPolicy: s3Task,
    sourceIdentity: expect.stringMatching(/^SEC-1234\.[0-9a-f]{16}$/),
    sessionName: expect.stringMatching(/^rd-[0-9a-f]{16}$/),
  });
  expect(Date.parse(session?.expiresAt ?? '') - Date.parse(acting?.at ?? '')).toBeLessThanOrEqual(60_000);
});
