import { readFileSync } from 'node:fs';
import {
  type Outcome,
  type Synthesized,
  type SynthesizedStack,
  type Template,
  type TemplateResource,
  templatesVariable,
} from './templates/synthesized.ts';
import type { VariationName } from './templates/variations.ts';

/** A resource of the template, every intrinsic function replaced by what CloudFormation would put there. */
export interface Resource {
  readonly type: string;
  /** Place in the tree of constructs below `Rootdesk`, joined by dashes: also its name in every ARN. */
  readonly name: string;
  readonly properties: Properties;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string | undefined;
}

/** Of the hundreds that there are, those that the tests ask for by name. */
export interface Properties {
  readonly AlarmDescription?: unknown;
  readonly AssumeRolePolicyDocument?: unknown;
  readonly Description?: unknown;
  readonly Endpoint?: unknown;
  readonly Environment?: unknown;
  readonly EventPattern?: unknown;
  readonly FilterCriteria?: unknown;
  readonly KeyPolicy?: unknown;
  readonly MaxSessionDuration?: unknown;
  readonly PolicyDocument?: unknown;
  readonly Principal?: unknown;
  readonly Replicas?: unknown;
  readonly RetentionInDays?: unknown;
  readonly Roles?: unknown;
  readonly SourceArn?: unknown;
  readonly Statement?: unknown;
  readonly Timeout?: unknown;
  readonly TopicArn?: unknown;
  readonly [other: string]: unknown;
}

export interface GivenStack {
  /** As CloudFormation would get it. */
  readonly template: Template;
  /** Why CDK says that resources wait for each other in a circle; null: they do not. */
  readonly cycle: string | null;
  readonly resources: readonly Resource[];
  /** The resource of a type that is called so, or else the only one whose name ends so. */
  one(type: string, name?: string): Resource;
}

export const account = '222222222222';
export const region = 'eu-central-1';
export const stackName = 'Rootdesk';

let synthesized: Synthesized | undefined;

/** What came of the settings of a variation: a stack, or a fault. The template project synthesizes all before its tests. */
export function givenOutcome(variation: VariationName): Outcome {
  if (synthesized === undefined) {
    const file = process.env[templatesVariable];
    if (file === undefined)
      throw new Error(`${templatesVariable} names no file: is this test of the template project?`);
    synthesized = JSON.parse(readFileSync(file, 'utf8')) as Synthesized;
  }
  return synthesized[variation];
}

/** What CDK made of the settings of a variation. */
export function givenSynthesized(variation: VariationName): SynthesizedStack {
  const outcome = givenOutcome(variation);
  if ('fault' in outcome) throw new Error(`${variation}: ${outcome.fault.name}: ${outcome.fault.message}`);
  return outcome.stack;
}

/** The stack under the settings of a variation, not bundled. */
export function givenStack(variation: VariationName = 'example'): GivenStack {
  const { template, names, cycle } = givenSynthesized(variation);
  const resources = resolvedResources(template.Resources, names);
  return {
    template,
    cycle,
    resources,
    one(type, name = '') {
      const ofType = resources.filter((resource) => resource.type === type);
      const exactly = ofType.filter((resource) => resource.name === name);
      const found = exactly.length > 0 ? exactly : ofType.filter((resource) => resource.name.endsWith(name));
      const [only] = found;
      if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${type} ${name}`);
      return only;
    },
  };
}

function resolvedResources(
  resources: Record<string, TemplateResource>,
  names: SynthesizedStack['names'],
): Resource[] {
  const nameOf = (logicalId: string) => names[logicalId] ?? logicalId;
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument] = [undefined, undefined], ...others] = Object.entries(value);
    if (others.length === 0 && key === 'Ref') return ref(String(argument));
    if (others.length === 0 && key === 'Fn::GetAtt') return attribute(argument);
    if (others.length === 0 && key === 'Fn::Join') return join(argument);
    if (others.length === 0 && key === 'Fn::Select') return select(argument);
    if (others.length === 0 && key === 'Fn::Split') return split(argument);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
  };
  const ref = (id: string) => {
    const type = resources[id]?.Type;
    if (type === undefined) return pseudoParameters[id] ?? `{Ref ${id}}`;
    return type === 'AWS::SNS::Topic'
      ? arnOf(resources[id], nameOf(id))
      : type === 'AWS::Events::EventBus'
        ? 'rootdesk'
        : nameOf(id);
  };
  const attribute = (argument: unknown) => {
    const [id, name] = (argument as string[]).map(String) as [string, string];
    const arn = arnOf(resources[id], nameOf(id));
    return name === 'Arn' ? arn : name === 'StreamArn' ? `${arn}/stream/now` : nameOf(id);
  };
  const join = (argument: unknown) => {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(resolve(part))).join(separator);
  };
  const select = (argument: unknown) => {
    const [index, list] = argument as [number, unknown];
    return (resolve(list) as unknown[])[index];
  };
  const split = (argument: unknown) => {
    const [separator, text] = argument as [string, unknown];
    return String(resolve(text)).split(separator);
  };
  return Object.entries(resources).map(([id, resource]) => ({
    type: resource.Type,
    name: nameOf(id),
    properties: resolve(resource.Properties ?? {}) as Properties,
    dependsOn: (resource.DependsOn ?? []).map(nameOf),
    deletionPolicy: resource.DeletionPolicy,
  }));
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::AccountId': account,
};

function arnOf(resource: TemplateResource | undefined, name: string): string {
  const here = `${region}:${account}`;
  switch (resource?.Type) {
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${account}:role/${name}`;
    case 'AWS::DynamoDB::GlobalTable':
      return `arn:aws:dynamodb:${here}:table/${name}`;
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${here}:${name}`;
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${here}:${name}`;
    case 'AWS::KMS::Key':
      return `arn:aws:kms:${here}:key/${name}`;
    case 'AWS::Logs::LogGroup':
      return `arn:aws:logs:${here}:log-group:${name}:*`;
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${here}:function:${name}`;
    case 'AWS::Events::EventBus':
      return `arn:aws:events:${here}:event-bus/rootdesk`;
    case 'AWS::Events::Rule':
      return `arn:aws:events:${here}:rule/${'EventBusName' in (resource.Properties ?? {}) ? 'rootdesk/' : ''}${name}`;
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name.toLowerCase()}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:aws:states:${here}:stateMachine:${name}`;
    case 'AWS::Scheduler::ScheduleGroup':
      return `arn:aws:scheduler:${here}:schedule-group/${name}`;
    default:
      throw new Error(`no ARN known for ${resource?.Type} ${name}`);
  }
}
