import * as z from 'zod';
import type { DeployedScheduleGroup } from '../../parts.ts';
import { propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';

const groupProperties = z.strictObject({ Name: z.string().optional(), Tags: withoutEffect });

/** The groups of EventBridge Scheduler that the stack makes; `default` is there without being made. */
export function readScheduleGroups(resources: readonly ResolvedResource[]): DeployedScheduleGroup[] {
  return resources
    .filter(({ type }) => type === 'AWS::Scheduler::ScheduleGroup')
    .map((group) => {
      propertiesOf(group, groupProperties);
      return { name: group.name, arn: group.attribute('Arn') };
    });
}
