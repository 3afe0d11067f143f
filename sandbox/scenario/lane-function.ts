import { rootTaskNames, taskPolicyArn } from '../../contract/root-tasks.ts';
import type { DeployedFunction, Deployment } from '../parts.ts';

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * The function that an `invoke` step means: by the lane's root task (its environment names the task policy), or by any
 * part of its logical id that no other function shares.
 */
export function functionNamed({ functions, partition }: Deployment, name: string): DeployedFunction {
  const task = rootTaskNames.find((known) => known === name);
  const policy = task === undefined ? undefined : taskPolicyArn(partition, task);
  const ofLane = functions.filter(({ environment: { TASK_POLICY_ARN } }) => TASK_POLICY_ARN === policy);
  const named = functions.filter(({ logicalId }) => plain(logicalId).includes(plain(name)));
  // Two root tasks may be under one task policy: then the logical id tells their functions apart.
  const both = ofLane.length > 1 ? ofLane.filter((fn) => named.includes(fn)) : ofLane;
  const [found, ...others] = policy !== undefined && both.length > 0 ? both : named;
  if (found !== undefined && others.length === 0) return found;
  const known = functions.map(({ logicalId }) => logicalId).join(', ');
  throw new RangeError(
    `"${name}" names ${found === undefined ? 'no' : 'more than one'} function of: ${known}`,
  );
}
