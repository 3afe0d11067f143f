import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { RootTaskEnvironment } from '../contract/environment.ts';
import { type SwitchValue, switchParameterName, switchValues } from '../contract/switch.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

const atFirst: SwitchValue = 'stopped';

/**
 * One value that stops all root tasks at once. A person changes it; the stack only makes it, as stopped.
 *
 * CloudFormation leaves a value alone that somebody changed, until something about the resource changes: a property
 * here, or a tag of the whole stack. Then it puts the template's value back, and that must be the one that does no harm:
 * a deployment may stop what was running, and never starts what somebody has stopped.
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
