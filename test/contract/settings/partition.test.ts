import { partitionOf } from '../../../contract/settings/partition.ts';
import { settings } from '../../../contract/settings.ts';
import { changed, exampleSettings, faultsIn } from '../given.ts';

const role = (partition: string) => `arn:${partition}:iam::333333333333:role/x`;

it.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('an organization in %s', (partition) => {
  const read = settings.parse(
    changed(exampleSettings, { 'ticketSources.0.senderRoleArns': [role(partition)] }),
  );
  expect(partitionOf(read)).toBe(partition);
});

it.each([
  ['ticketSources.0.senderRoleArns', [role('aws'), role('aws-cn')], 'ticketSources[0].senderRoleArns[1]'],
  ['deploymentRoleArns', [role('aws-us-gov')], 'deploymentRoleArns[0]'],
  ['operatorRoleArns', [role('aws-us-gov')], 'operatorRoleArns[0]'],
])('roles of two partitions are a fault (%s)', (path, arns, at) => {
  expect(faultsIn(settings, changed(exampleSettings, { [path]: arns }))).toEqual([
    {
      path: at,
      message: expect.stringMatching(
        /^expected a role of the partition "aws", as in ticketSources\[0\]\.senderRoleArns\[0\]: /,
      ),
    },
  ]);
});

it('a role that is none is one fault only', () => {
  const changes = { 'ticketSources.0.senderRoleArns': ['arn:aws_cn:iam::333333333333:role/x', role('aws')] };
  expect(faultsIn(settings, changed(exampleSettings, changes)).map(({ path }) => path)).toEqual([
    'ticketSources[0].senderRoleArns[0]',
  ]);
});

it('settings without any role cannot say', () => {
  const read = settings.parse(exampleSettings);
  expect(() => partitionOf({ ...read, ticketSources: [] })).toThrow('names a partition');
});
