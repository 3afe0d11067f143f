import type { Deployment } from '../parts.ts';
import { AssemblyError } from './assembly-error.ts';
import { modelledTypes, typesWithoutEffect } from './resource-types.ts';
import { readBuses } from './resources/buses.ts';
import { readEventSourceMappings } from './resources/event-source-mappings.ts';
import { readFunctions } from './resources/functions.ts';
import { readKeys } from './resources/keys.ts';
import { readParameters } from './resources/parameters.ts';
import { readQueueMappings } from './resources/queue-mappings.ts';
import { readQueues } from './resources/queues.ts';
import { readRoles } from './resources/roles.ts';
import { readRules, readSchedules } from './resources/rules.ts';
import { readScheduleGroups } from './resources/schedule-groups.ts';
import { readSchedulerSchedules } from './resources/scheduler-schedules.ts';
import { readStackBuckets } from './resources/stack-buckets.ts';
import { readStateMachines } from './resources/state-machines.ts';
import { readTables } from './resources/tables.ts';
import { readTopics } from './resources/topics.ts';
import { resolveResources } from './stack-reader.ts';
import { readTemplate } from './template.ts';

/** Where the stack is deployed. */
export interface DeploymentPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** Reads a cloud assembly: what `cdk deploy` would make of it, or an error that names what is not modelled. */
export function readDeployment(cdkOut: string, place: DeploymentPlace): Deployment {
  const { stackName, template } = readTemplate(cdkOut);
  const resources = resolveResources(template, { ...place, stackName });
  for (const resource of resources) {
    if (modelledTypes.has(resource.type) || typesWithoutEffect.has(resource.type)) continue;
    throw new AssemblyError(resource, 'the sandbox does not model this resource type');
  }
  const functions = readFunctions(resources, cdkOut);
  return {
    ...place,
    stackName,
    functions,
    roles: readRoles(resources),
    tables: readTables(resources),
    buses: readBuses(resources),
    rules: readRules(resources),
    schedules: readSchedules(resources),
    queues: readQueues(resources),
    topics: readTopics(resources),
    keys: readKeys(resources),
    parameters: readParameters(resources, place),
    buckets: readStackBuckets(resources, place),
    eventSourceMappings: readEventSourceMappings(resources, functions),
    queueMappings: readQueueMappings(resources, functions),
    stateMachines: readStateMachines(resources),
    scheduleGroups: readScheduleGroups(resources),
    schedulerSchedules: readSchedulerSchedules(resources),
  };
}
