import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { DeployedParameter } from '../../../sandbox/parts.ts';
import { playStep, type Stage } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { createWorld, type World } from '../../../sandbox/world.ts';
import { givenDeployment } from '../fixtures/given-deployment.ts';

const insider = 'arn:aws:iam::222222222222:role/admin';
const parameter = (name: string): DeployedParameter => ({
  logicalId: name,
  name,
  arn: `arn:aws:ssm:eu-central-1:222222222222:parameter/${name}`,
  value: 'running',
  allowedPattern: 'running|stopped',
  tier: 'Standard',
});

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function stageWith(...parameters: DeployedParameter[]): Promise<Stage> {
  const { organization } = parseScenario({ steps: [] });
  const world = await createWorld({
    deployment: givenDeployment({ parameters }),
    organization: { ...organization, features: [], accounts: [] },
    now: Date.parse('2026-11-20T10:00:00Z'),
  });
  worlds.push(world);
  return { world, senderRoleArn: 'arn:aws:iam::333333333333:role/ticketing', tries: [] };
}

type SetParameter = NonNullable<ScenarioInput['steps'][number]['setParameter']>;
async function play(stage: Stage, setParameter: SetParameter): Promise<void> {
  for (const step of parseScenario({ steps: [{ setParameter }] }).steps) await playStep(stage, step);
}

async function storedValue({ world: { aws, clock } }: Stage, name: string): Promise<string | undefined> {
  const client = new SSMClient({
    endpoint: aws.endpoint,
    region: 'eu-central-1',
    credentials: aws.credentialsForPrincipal(insider),
    systemClockOffset: clock.now() - Date.now(),
  });
  return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
}

test.each(['insider', insider])(
  '%s puts the value of the one parameter, in a call that shows',
  async (as) => {
    const stage = await stageWith(parameter('switch'));
    await play(stage, { as, value: 'stopped' });

    expect(await storedValue(stage, 'switch')).toBe('stopped');
    expect(stage.world.calls()[0]).toMatchObject({
      principal: 'arn:aws:sts::222222222222:assumed-role/admin/sandbox',
      service: 'ssm',
      operation: 'PutParameter',
      resource: 'arn:aws:ssm:eu-central-1:222222222222:parameter/switch',
      allowed: true,
    });
    expect(stage.world.journal.logs).toEqual([]);
  },
);

test.each([
  ['a value that does not fit', { as: 'insider', value: 'paused' }, 'ParameterPatternMismatchException'],
  ['a stranger', { as: 'stranger', value: 'stopped' }, 'AccessDeniedException'],
])('%s is refused, the story goes on, and the value stays', async (_, step, error) => {
  const stage = await stageWith(parameter('switch'));
  await play(stage, step);

  expect(await storedValue(stage, 'switch')).toBe('running');
  expect(stage.world.journal.logs).toMatchObject([
    { level: 'ERROR', message: expect.stringContaining(error) },
  ]);
});

test('of several parameters one is named', async () => {
  const stage = await stageWith(parameter('switch'), parameter('other'));
  await play(stage, { as: 'insider', value: 'stopped', name: 'other' });

  expect([await storedValue(stage, 'switch'), await storedValue(stage, 'other')]).toEqual([
    'running',
    'stopped',
  ]);
  await expect(play(stage, { as: 'insider', value: 'stopped' })).rejects.toThrow(
    'the stack has several, name one; it has: switch, other',
  );
  await expect(play(stage, { as: 'insider', value: 'stopped', name: 'third' })).rejects.toThrow(
    'no parameter of the stack has this name',
  );
});

test('whoever puts it is a person of the story or a principal', () => {
  const steps = [{ setParameter: { as: 'bob', value: 'stopped' } }];
  expect(() => parseScenario({ steps })).toThrow('steps[0].setParameter.as: expected one of ticketing');
});
