import * as z from 'zod';
import type { DeployedTopic, PolicyDocument } from '../../parts.ts';
import { policyDocument, propertiesOf, withoutEffect } from '../properties.ts';
import type { ResolvedResource } from '../stack-reader.ts';
import { keyArnOf } from './keys.ts';

const topicProperties = z.strictObject({
  TopicName: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
  Subscription: z.array(z.strictObject({ Protocol: z.string(), Endpoint: z.string() })).default([]),
  DisplayName: z.string().default(''),
  SignatureVersion: withoutEffect,
  TracingConfig: withoutEffect,
  Tags: withoutEffect,
});

const topicPolicyProperties = z.strictObject({ PolicyDocument: policyDocument, Topics: z.array(z.string()) });

/** A filter policy would be a property too many: every subscription here gets every message. */
const subscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: withoutEffect,
});

function policyOf(topic: ResolvedResource, resources: readonly ResolvedResource[]): PolicyDocument | null {
  const policies = resources
    .filter(({ type }) => type === 'AWS::SNS::TopicPolicy')
    .map((resource) => propertiesOf(resource, topicPolicyProperties))
    .filter(({ Topics }) => Topics.includes(topic.ref));
  return policies.at(-1)?.PolicyDocument ?? null;
}

export function readTopics(resources: readonly ResolvedResource[]): DeployedTopic[] {
  const subscriptions = resources
    .filter(({ type }) => type === 'AWS::SNS::Subscription')
    .map((resource) => propertiesOf(resource, subscriptionProperties));
  return resources
    .filter(({ type }) => type === 'AWS::SNS::Topic')
    .map((topic) => {
      const properties = propertiesOf(topic, topicProperties);
      const ofTopic = subscriptions.filter(({ TopicArn }) => TopicArn === topic.ref);
      return {
        logicalId: topic.logicalId,
        name: topic.name,
        arn: topic.ref,
        policy: policyOf(topic, resources),
        keyArn: keyArnOf(topic, properties.KmsMasterKeyId, resources),
        subscriptions: [...properties.Subscription, ...ofTopic].map(({ Protocol, Endpoint }) => ({
          protocol: Protocol,
          endpoint: Endpoint,
        })),
        displayName: properties.DisplayName,
      };
    });
}
