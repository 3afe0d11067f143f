import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';

/**
 * Who may change what holds the product's own records: the settings' list, or else the role with which the CDK's
 * bootstrap lets CloudFormation deploy.
 * Source: AWS CDK Developer Guide, "IAM roles created during bootstrapping".
 */
export function deploymentRoleArnsOf(scope: Construct, settings: Settings): string[] {
  if (settings.deploymentRoleArns !== undefined) return settings.deploymentRoleArns;
  const { partition, account, region, synthesizer } = Stack.of(scope);
  const qualifier = synthesizer.bootstrapQualifier ?? 'hnb659fds';
  return [`arn:${partition}:iam::${account}:role/cdk-${qualifier}-cfn-exec-role-${account}-${region}`];
}
