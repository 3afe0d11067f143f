import { rootTaskNames } from '../../contract/root-tasks.ts';
import { switchValues } from '../../contract/switch.ts';
import { givenStack } from './given-stack.ts';

const given = givenStack();

/**
 * Frozen: CloudFormation would put `running` back over a person's `stopped`, if a deployment changed any of these.
 */
test('the kill switch is made like this, and never changed by a deployment', () => {
  expect(given.one('AWS::SSM::Parameter').properties).toEqual({
    Type: 'String',
    Name: '/rootdesk/root-tasks',
    Value: 'running',
    AllowedPattern: '^(running|stopped)$',
    Description: 'Whether rootdesk runs root tasks: running or stopped',
  });
});

test('its pattern takes the values that there are, and no other', () => {
  const pattern = new RegExp(String(given.one('AWS::SSM::Parameter').properties.AllowedPattern));
  expect(switchValues.filter((value) => !pattern.test(value))).toEqual([]);
  for (const other of ['', 'Running', 'running ', 'stop', 'run', 'running\nstopped']) {
    expect(pattern.test(other)).toBe(false);
  }
});

test('every lane, and nothing else, reads it', () => {
  const reading = given.resources.filter(
    ({ type, properties }) =>
      type === 'AWS::Lambda::Function' && JSON.stringify(properties.Environment).includes('SWITCH_PARAMETER'),
  );
  expect(reading.map(({ properties }) => properties.Description)).toEqual(
    rootTaskNames.map((task) => `lambdas/root-task/tasks/${task}.ts`),
  );
});

test('the outputs name it', () => {
  expect(given.template.Outputs).toMatchObject({ SwitchParameter: { Value: '/rootdesk/root-tasks' } });
});
