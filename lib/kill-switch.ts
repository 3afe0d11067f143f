import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { RootTaskEnvironment } from '../contract/environment.ts';
import { type SwitchValue, switchParameterName, switchValues } from '../contract/switch.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

const atFirst: SwitchValue = 'running';

/**
 * One value that stops all root tasks at once. A person changes it; the stack only makes it.
 *
 * CloudFormation leaves a value alone that somebody changed, as long as no property of the resource changes in the
 * template; if one did, it would put `running` back. So nothing here may ever change, the description included.
 */
export class KillSwitch extends Construct {
  readonly parameterName = switchParameterName;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: switchParameterName,
      description: 'Whether rootdesk runs root tasks: running or stopped',
      stringValue: atFirst,
      allowedPattern: `^(${switchValues.join('|')})$`,
    });
  }

  /** Lets a function read the switch, and tells it where it is. */
  grantRead(fn: RootdeskFunction): void {
    fn.allow(
      new PolicyStatement({
        sid: 'ReadTheKillSwitch',
        actions: ['ssm:GetParameter'],
        resources: [
          Stack.of(this).formatArn({
            service: 'ssm',
            resource: 'parameter',
            // The name begins with the slash that would otherwise stand between the two.
            resourceName: this.parameterName.slice(1),
          }),
        ],
      }),
    );
    fn.addEnvironment<Pick<RootTaskEnvironment, 'SWITCH_PARAMETER'>>({
      SWITCH_PARAMETER: this.parameterName,
    });
  }
}
