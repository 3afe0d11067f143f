import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Credentials } from '../../sandbox/parts.ts';
import { parseScenario } from '../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../sandbox/scenario/run-scenario.ts';
import { leaksOf, policyTextsIn } from './expect-no-secrets.ts';
import { approval, callsOf, lockOut, send, story } from './given.ts';

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

  it('among the credentials of a story: of the sender, the functions, the task role and the root session', async () => {
    let credentials: readonly Credentials[] = [];
    const answer = await runScenario(parseScenario(story([send(approval())])), (_, { aws }) => {
      credentials = aws.issuedCredentials();
    });

    const acting = answer.trail.find(({ kind }) => kind === 'acting');
    const session = credentials.find(({ accessKeyId }) => JSON.stringify(acting).includes(accessKeyId));
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    expect(credentials.length).toBeGreaterThanOrEqual(5);
    const planted = { ...answer, logs: [...answer.logs, { message: `token ${session?.sessionToken}` }] };
    expect(leaksOf(answer, credentials)).toEqual([]);
    expect(leaksOf(planted, credentials)).toContain(`a secret of ${session?.accessKeyId} is in the logs`);
  });
});

test.each<[string, unknown]>([
  ['as it is', lockOut()],
  ['as text', JSON.stringify(lockOut())],
  ['as text within text', JSON.stringify({ body: JSON.stringify(lockOut()) })],
  ['as it is printed', inspect(lockOut())],
])('the scanner finds a policy %s', (_, policy) => {
  expect(
    policyTextsIn({ notifications: [{ topic: 't', subject: null, message: JSON.stringify({ policy }) }] }),
  ).toEqual(['the text of a policy is in the notifications']);
});
