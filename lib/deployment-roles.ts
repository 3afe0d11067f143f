import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';

/**
 * Who may change what holds the product's own records: the role with which the CDK's bootstrap lets CloudFormation
 * deploy, and those that the settings name beside it. Never in its place: a deployment that shuts out its own role cannot
 * even be rolled back.
 * Source: AWS CDK Developer Guide, "IAM roles created during bootstrapping".
 */
export function deploymentRoleArnsOf(scope: Construct, settings: Settings): string[] {
  const { partition, account, region, synthesizer } = Stack.of(scope);
  const qualifier = synthesizer.bootstrapQualifier ?? 'hnb659fds';
  const bootstrapped = `arn:${partition}:iam::${account}:role/cdk-${qualifier}-cfn-exec-role-${account}-${region}`;
  return [bootstrapped, ...(settings.deploymentRoleArns ?? [])];
}
