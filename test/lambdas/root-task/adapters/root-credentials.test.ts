import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect } from 'node:util';
import { Logger } from '@aws-lambda-powertools/logger';
import { SealedCredentials } from '../../../../lambdas/root-task/adapters/root-credentials.ts';

const secrets = { secretAccessKey: 'SECRET-ACCESS-KEY', sessionToken: 'SESSION-TOKEN' };
const expiration = new Date('2026-11-20T10:01:00Z');
const sealed = new SealedCredentials({ accessKeyId: 'ASIAEXAMPLE', ...secrets, expiration });
const session = { kind: 'root-session', credentials: sealed, nested: [{ sealed }] };

function printed(write: (console: Console) => void): string {
  const out = new PassThrough();
  write(new Console({ stdout: out, stderr: out }));
  return String(out.read());
}

function logged(write: (logger: Logger) => void): string {
  const lines: string[] = [];
  const logger = new Logger({ serviceName: 'test' });
  const { console } = logger as unknown as { console: Console };
  for (const method of ['info', 'error', 'log'] as const)
    console[method] = (line: string) => void lines.push(line);
  write(logger);
  return lines.join('\n');
}

function cloned(value: unknown): string {
  try {
    return JSON.stringify(structuredClone(value));
  } catch (error) {
    return inspect(error, { depth: null });
  }
}

const failed = new Error('could not delete', { cause: session });

describe('sealed credentials', () => {
  it.each<[string, () => string]>([
    ['String()', () => String(sealed)],
    ['a template', () => `${sealed}`],
    ['JSON.stringify', () => JSON.stringify(session)],
    ['inspect', () => inspect(session, { depth: null })],
    [
      'inspect without custom inspection',
      () => inspect(session, { depth: null, customInspect: false, showHidden: true }),
    ],
    ['format', () => format('%s %o %O %j', sealed, session, session, session)],
    ['console.log', () => printed((console) => console.log(session, sealed))],
    ['console.dir', () => printed((console) => console.dir(session, { depth: null, showHidden: true }))],
    ['console.table', () => printed((console) => console.table([session]))],
    ['structuredClone', () => cloned(session)],
    ['Object.entries', () => Object.entries(sealed).flat().map(String).join()],
    ['a spread', () => JSON.stringify({ ...sealed })],
    ['Reflect.ownKeys', () => Reflect.ownKeys(sealed).map(String).join()],
    ['the cause of an error', () => inspect(failed, { depth: null }) + failed.stack],
    ['a log line', () => logged((logger) => logger.info('x', { session, credentials: sealed }))],
    ['a logged error', () => logged((logger) => logger.error('x', failed))],
  ])('do not show in %s', (_, show) => {
    const text = show();
    expect(text).not.toContain(secrets.secretAccessKey);
    expect(text).not.toContain(secrets.sessionToken);
  });

  it('tell what is no secret', () => {
    expect([sealed.accessKeyId, sealed.expiration]).toEqual(['ASIAEXAMPLE', expiration]);
  });

  it('are given to SDK clients', async () => {
    expect(await sealed.provider()).toEqual({ accessKeyId: 'ASIAEXAMPLE', ...secrets, expiration });
  });
});
