import {
  generatedBucketName,
  generatedName,
  generatedParameterName,
  generatedUuid,
  type StackPlace,
  urlSuffix,
} from './stack-names.ts';

/** What a resource is called: what Ref gives, and each attribute that Fn::GetAtt may ask for. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Naming {
  /** The property that names the resource where the template does; without it a name is made up. */
  readonly nameProperty: string | null;
  readonly maximumLength: number;
  readonly identity: (
    name: string,
    place: StackPlace,
    properties: Readonly<Record<string, unknown>>,
  ) => Identity;
  /** Where CloudFormation makes up names of another form. */
  readonly generate?: (place: StackPlace, logicalId: string) => string;
}

const arn = (place: StackPlace, service: string, resource: string) =>
  `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
const iamArn = (place: StackPlace, resource: string) =>
  `arn:${place.partition}:iam::${place.accountId}:${resource}`;
const iamPath = ({ Path: path }: Readonly<Record<string, unknown>>) =>
  typeof path === 'string' ? path : '/';

const named = (nameProperty: string | null, maximumLength: number, identity: Naming['identity']): Naming => ({
  nameProperty,
  maximumLength,
  identity,
});
const nameOnly = named(null, 255, (name) => ({ ref: name, attributes: {} }));

/** Types without a row may stand in the template, but nothing may refer to them. */
export const namings: Readonly<Record<string, Naming>> = {
  'AWS::Lambda::Function': named('FunctionName', 64, (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'lambda', `function:${name}`) },
  })),
  'AWS::IAM::Role': named('RoleName', 64, (name, place, properties) => ({
    ref: name,
    attributes: { Arn: iamArn(place, `role${iamPath(properties)}${name}`) },
  })),
  'AWS::IAM::ManagedPolicy': named('ManagedPolicyName', 128, (name, place, properties) => ({
    ref: iamArn(place, `policy${iamPath(properties)}${name}`),
    attributes: { PolicyArn: iamArn(place, `policy${iamPath(properties)}${name}`) },
  })),
  'AWS::IAM::Policy': named('PolicyName', 128, (name) => ({ ref: name, attributes: {} })),
  'AWS::DynamoDB::GlobalTable': named('TableName', 255, (name, place) => {
    const table = arn(place, 'dynamodb', `table/${name}`);
    return { ref: name, attributes: { Arn: table, StreamArn: `${table}/stream/2026-01-01T00:00:00.000` } };
  }),
  'AWS::Events::EventBus': named('Name', 256, (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'events', `event-bus/${name}`), Name: name },
  })),
  'AWS::Events::Rule': named('Name', 64, (name, place, properties) => {
    const { EventBusName: bus } = properties;
    const path = typeof bus === 'string' && bus !== 'default' ? `${bus}/${name}` : name;
    return { ref: path.replace('/', '|'), attributes: { Arn: arn(place, 'events', `rule/${path}`) } };
  }),
  'AWS::SQS::Queue': named('QueueName', 80, (name, place) => {
    const url = `https://sqs.${place.region}.${urlSuffix(place.partition)}/${place.accountId}/${name}`;
    return { ref: url, attributes: { Arn: arn(place, 'sqs', name), QueueName: name, QueueUrl: url } };
  }),
  'AWS::SNS::Topic': named('TopicName', 256, (name, place) => ({
    ref: arn(place, 'sns', name),
    attributes: { TopicArn: arn(place, 'sns', name), TopicName: name },
  })),
  'AWS::KMS::Key': named(null, 255, (name, place) => ({
    ref: generatedUuid(place, name),
    attributes: {
      KeyId: generatedUuid(place, name),
      Arn: arn(place, 'kms', `key/${generatedUuid(place, name)}`),
    },
  })),
  // Without an ARN, as in CloudFormation: a template that asks for one would not deploy.
  'AWS::SSM::Parameter': {
    ...named('Name', 1011, (name) => ({ ref: name, attributes: { Type: 'String' } })),
    generate: generatedParameterName,
  },
  'AWS::S3::Bucket': {
    ...named('BucketName', 63, (name, place) => {
      const suffix = urlSuffix(place.partition);
      return {
        ref: name,
        attributes: {
          Arn: `arn:${place.partition}:s3:::${name}`,
          DomainName: `${name}.s3.${suffix}`,
          RegionalDomainName: `${name}.s3.${place.region}.${suffix}`,
        },
      };
    }),
    generate: generatedBucketName,
  },
  'AWS::KMS::Alias': named('AliasName', 256, (name) => ({ ref: name, attributes: {} })),
  'AWS::Logs::LogGroup': named('LogGroupName', 512, (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'logs', `log-group:${name}:*`) },
  })),
  'AWS::CloudWatch::Alarm': named('AlarmName', 255, (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'cloudwatch', `alarm:${name}`) },
  })),
  'AWS::CloudWatch::Dashboard': named('DashboardName', 255, (name) => ({ ref: name, attributes: {} })),
  'AWS::StepFunctions::StateMachine': named('StateMachineName', 80, (name, place) => ({
    ref: arn(place, 'states', `stateMachine:${name}`),
    attributes: { Arn: arn(place, 'states', `stateMachine:${name}`), Name: name },
  })),
  'AWS::Scheduler::ScheduleGroup': named('Name', 64, (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'scheduler', `schedule-group/${name}`) },
  })),
  'AWS::Scheduler::Schedule': named('Name', 64, (name, place, { GroupName: group = 'default' }) => ({
    ref: name,
    attributes: { Arn: arn(place, 'scheduler', `schedule/${group}/${name}`) },
  })),
  'AWS::Lambda::EventSourceMapping': nameOnly,
  'AWS::SNS::Subscription': nameOnly,
};

/** The identity of a resource whose properties are resolved; null for a type that nothing may refer to. */
export function identityOf(
  place: StackPlace,
  logicalId: string,
  type: string,
  properties: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly identity: Identity } | null {
  const naming = namings[type];
  if (naming === undefined) return null;
  const given = naming.nameProperty === null ? undefined : properties[naming.nameProperty];
  const generated = naming.generate ?? ((...of) => generatedName(...of, naming.maximumLength));
  const name = typeof given === 'string' ? given : generated(place, logicalId);
  return { name, identity: naming.identity(name, place, properties) };
}
