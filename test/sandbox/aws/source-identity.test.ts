import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { DeployedRole } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';
import { assumeTaskRole } from './sessions.ts';

let world: f.World | undefined;
afterEach(() => world?.aws.close());

const second = `arn:aws:iam::${f.admin}:role/second`;

/** A role that trusts the task role with some of the two actions; the task role may do anything. */
async function startWithTrust(...actions: readonly string[]): Promise<f.World> {
  const trustPolicy = f.policy({ Effect: 'Allow', Principal: { AWS: f.taskRole }, Action: actions });
  const roles = f.deployment.roles.map(
    (role): DeployedRole =>
      role.arn === f.taskRole
        ? { ...role, policies: [{ name: 'all', document: f.policy(f.allow('*', '*')) }] }
        : role,
  );
  const [template] = f.deployment.roles;
  if (template === undefined) throw new Error('the fixture has roles');
  roles.push({ ...template, name: 'second', arn: second, trustPolicy });
  world = await f.startWorld({ deployment: { ...f.deployment, roles } });
  return world;
}

const chain = async (from: f.World, more: object = {}) =>
  new STSClient(from.as(await assumeTaskRole(from))).send(
    new AssumeRoleCommand({ RoleArn: second, RoleSessionName: 'second', ...more }),
  );

describe('a source identity', () => {
  it('stays for the whole chain', async () => {
    const here = await startWithTrust('sts:AssumeRole', 'sts:SetSourceIdentity');
    expect((await chain(here)).SourceIdentity).toBe('sec-1.ab');
  });

  it('cannot be exchanged', async () => {
    const here = await startWithTrust('sts:AssumeRole', 'sts:SetSourceIdentity');
    await expect(chain(here, { SourceIdentity: 'another' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('must be allowed by the next role, apart from being assumed', async () => {
    const here = await startWithTrust('sts:AssumeRole');
    await expect(chain(here)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
