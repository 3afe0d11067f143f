import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Credentials } from '../../sandbox/parts.ts';
import { leaksOf, policyTextsIn } from './expect-no-secrets.ts';
import { callsOf } from './given.ts';
import { everyScene } from './scenes/scenes.ts';
import { openTheatre } from './scenes/theatre.ts';

const issued = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: `IQoJb3JpZ2luX2VjE//${'aB3+/x9'.repeat(30)}==`,
  expiresAt: 0,
} satisfies Credentials;
const { secretAccessKey, sessionToken } = issued;

describe('the scanner finds a planted secret', () => {
  it.each<[string, unknown]>([
    ['in a log line', { message: `opened with ${secretAccessKey}` }],
    ['in a nested field', { credentials: { SessionToken: sessionToken } }],
    ['in an error as it is printed', inspect(Object.assign(new Error('no'), { issued }))],
    ['in JSON within JSON', { body: JSON.stringify({ text: JSON.stringify(issued) }) }],
    ['in base64', Buffer.from(secretAccessKey).toString('base64')],
    ['in base64 of a longer text', Buffer.from(`{"key":"${secretAccessKey}"}`).toString('base64')],
    ['in base64 of a text one longer', Buffer.from(`{"key": "${secretAccessKey}"}`).toString('base64')],
    ['in base64 of a text two longer', Buffer.from(`{ "key": "${secretAccessKey}"}`).toString('base64url')],
    ['in hex', Buffer.from(sessionToken).toString('hex')],
    ['in a query', new URLSearchParams({ 'X-Amz-Security-Token': sessionToken }).toString()],
    ['cut off', `${sessionToken.slice(0, 40)}…`],
  ])('%s', (_, planted) => {
    expect(leaksOf({ logs: [{ planted }] }, [issued])).toContain(
      `a secret of ${issued.accessKeyId} is in the logs`,
    );
  });

  it('and takes no access key id for one, nor what it cannot read', () => {
    const harmless = [
      { accessKeyId: issued.accessKeyId },
      { zipped: gzipSync('nothing').toString('base64') },
    ];
    expect(leaksOf({ logs: harmless }, [issued])).toEqual([]);
  });
});

describe('the credentials of a story', () => {
  it.each(everyScene)(
    '$task: of the sender, the functions, the task role and the root session are in nothing that is left',
    async (scene) => {
      const theatre = await openTheatre();
      try {
        const answer = await theatre.play(scene, ({ send }) => [send()]);
        const credentials = theatre.world.aws.issuedCredentials();

        const acting = answer.trail.find(({ kind }) => kind === 'acting');
        const session = credentials.find(({ accessKeyId }) => JSON.stringify(acting).includes(accessKeyId));
        expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
        expect(credentials.length).toBeGreaterThanOrEqual(5);
        const planted = { ...answer, logs: [...answer.logs, { message: `token ${session?.sessionToken}` }] };
        expect(leaksOf(answer, credentials)).toEqual([]);
        expect(leaksOf(planted, credentials)).toContain(`a secret of ${session?.accessKeyId} is in the logs`);
      } finally {
        await theatre.close();
      }
    },
  );
});

describe.each(everyScene)('the scanner finds the policy of $task', ({ lockOut, nameOf }) => {
  const locked = lockOut(nameOf(1));

  test.each<[string, unknown]>([
    ['as it is', locked],
    ['as text', JSON.stringify(locked)],
    ['as text within text', JSON.stringify({ body: JSON.stringify(locked) })],
    ['as it is printed', inspect(locked)],
  ])('%s', (_, policy) => {
    const message = JSON.stringify({ policy });
    expect(policyTextsIn({ notifications: [{ topic: 't', subject: null, message }] })).toEqual([
      'the text of a policy is in the notifications',
    ]);
  });
});
