import { rootTaskNames } from '../../contract/root-tasks.ts';
import { switchValues } from '../../contract/switch.ts';
import { givenStack } from './given-stack.ts';

const given = givenStack();

/**
 * Frozen: CloudFormation puts the value back over a person's, if a deployment changes any of these. So the value is the
 * one that does no harm, and the others stay as they are.
 */
test('the kill switch is made like this: stopped, until a person starts it', () => {
  expect(given.one('AWS::SSM::Parameter').properties).toEqual({
    Type: 'String',
    Name: '/rootdesk/root-tasks',
    Value: 'stopped',
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

test('every lane and the beginning of runs, and nothing else, read it', () => {
  const reading = given.resources.filter(
    ({ type, properties }) =>
      type === 'AWS::Lambda::Function' && JSON.stringify(properties.Environment).includes('SWITCH_PARAMETER'),
  );
  expect(reading.map(({ properties }) => properties.Description)).toEqual([
    ...rootTaskNames.map((task) => `lambdas/root-task/tasks/${task}.ts`),
    'lambdas/organization-run/begin.ts',
  ]);
});

test('the outputs name it', () => {
  expect(given.template.Outputs).toMatchObject({ SwitchParameter: { Value: '/rootdesk/root-tasks' } });
});
