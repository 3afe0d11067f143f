import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { taskPolicyArn } from '../../../contract/root-tasks.ts';
import type { Decision } from '../../../sandbox/parts.ts';
import { principalOfActor } from '../../../sandbox/scenario/principals.ts';
import { openPlay, type Play } from '../ends-somewhere/play.ts';
import { account } from '../scenes/scene.ts';
import { organization } from './accounts.ts';
import { deedsIn } from './deeds.ts';

/**
 * Who could do what, in the words of a table that a person has agreed to (who-could.txt). A line that changes is a
 * change of who could forge something: it takes a person to agree to it.
 */
let bare: Play;
let guarded: Play;
beforeAll(async () => {
  bare = await openPlay({ organization: organization({ protectedByScp: false }) });
  guarded = await openPlay({ organization: organization({ protectedByScp: true }) });
});
afterAll(async () => {
  await bare.world.close();
  await guarded.world.close();
});

const actors = ['insider', 'colleague', 'ticketing', 'stranger'] as const;

/** By what a deed is stopped. */
function word({ allowed, reason }: Decision): string {
  if (allowed) return 'YES';
  if (reason.includes('explicit deny in a service control policy')) return 'SCP';
  if (reason.includes('explicit deny in a resource-based policy')) return 'Deny';
  if (reason.includes('because no resource-based policy allows')) return 'no Allow';
  return reason;
}

/** AssumeRoot asks no policy of the other account: it is decided by the call itself. */
async function openSession({ world, stage }: Play, actor: (typeof actors)[number]): Promise<string> {
  const { aws, clock, deployment } = world;
  const client = new STSClient({
    endpoint: aws.endpoint,
    region: deployment.region,
    credentials: aws.credentialsForPrincipal(principalOfActor(actor, deployment, stage.senderRoleArn)),
    systemClockOffset: clock.now() - Date.now(),
    maxAttempts: 1,
  });
  const TaskPolicyArn = { arn: taskPolicyArn(deployment.partition, 'unlock-s3-bucket') };
  try {
    await client.send(
      new AssumeRootCommand({ TargetPrincipal: account, TaskPolicyArn, DurationSeconds: 60 }),
    );
    return 'YES';
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDenied') return 'no';
    throw error;
  } finally {
    client.destroy();
  }
}

async function table(): Promise<string> {
  const columns = [
    ...actors.map((actor) => [actor, bare, actor] as const),
    ['insider+SCP', guarded, 'insider'] as const,
  ];
  const decide = async (play: Play, actor: (typeof actors)[number], index: number) => {
    const { deployment } = play.world;
    const deed = deedsIn(play.world)[index];
    if (deed === undefined) throw new Error('both worlds have the same stack');
    const principalArn = principalOfActor(actor, deployment, play.stage.senderRoleArn);
    const { what: _, ...request } = deed;
    return word(await play.world.decide({ principalArn, ...request }));
  };
  const rows = await Promise.all(
    deedsIn(bare.world).map(async ({ what }, index) => {
      const words = await Promise.all(columns.map(([, play, actor]) => decide(play, actor, index)));
      return line(what, words);
    }),
  );
  const sessions = await Promise.all(columns.map(([, play, actor]) => openSession(play, actor)));
  return [
    line(
      '',
      columns.map(([name]) => name),
    ),
    ...rows,
    line('open a root session oneself', sessions),
    '',
  ].join('\n');
}

const line = (what: string, words: readonly string[]) =>
  [what.padEnd(68), ...words.map((text) => text.padEnd(12))].join('').trimEnd();

it('is what has been agreed to', async () => {
  const agreed = readFileSync(join(import.meta.dirname, 'who-could.txt'), 'utf8');
  expect(await table()).toBe(agreed);
});

it('nobody of another account could do anything but what the ticket system is there for', async () => {
  const rows = (await table()).split('\n').slice(1, -1);
  const words = rows.map((row) => [row.slice(0, 68).trim(), ...row.slice(68).split(/ {2,}/)]);
  const others = words.flatMap(([what, , ...rest]) =>
    rest.slice(0, 3).flatMap((found) => (found === 'YES' ? what : [])),
  );
  expect(others).toEqual(['put an approval on the bus under the source of the ticket system']);
});

it('nothing is left to an administrator of the account in which rootdesk runs, where the SCP is on it', async () => {
  const rows = (await table()).split('\n').slice(1, -1);
  expect(rows.filter((row) => row.endsWith('YES'))).toEqual([]);
});
