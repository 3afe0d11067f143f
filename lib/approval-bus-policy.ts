import { AccountPrincipal, Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { accountOfArn } from '../contract/account-id.ts';
import { approvalDetailType } from '../contract/approved-ticket.ts';
import { outcomeDetailType, outcomeSource } from '../contract/outcome-event.ts';
import type { TicketSource } from '../contract/settings.ts';

interface BusPolicyInput {
  readonly busArn: string;
  readonly sources: readonly TicketSource[];
  /** The role that puts the product's own events. */
  readonly publisherRoleArn: string;
}

/** Roles that may put events of the same sources. */
interface Senders {
  readonly sources: readonly string[];
  readonly roleArns: readonly string[];
}

const actions = ['events:PutEvents'];

/** `events:source` and `events:detail-type` hold one value per entry of a PutEvents call: they are multi-valued. */
const source = 'events:source';
const detailType = 'events:detail-type';

/**
 * Who may put what on the bus, strictest first. Within the bus's own account an identity policy alone would allow
 * PutEvents, so everything that matters is said as a Deny; the Allows let other accounts' senders in.
 *
 * The Allows use ForAllValues *and* Null: ForAllValues is true of an absent key, and plain StringEquals is never
 * true of a multi-valued key. The Denies use ForAnyValue, so that one wrong entry refuses the whole call.
 * Source: IAM User Guide, "Multivalued context keys"; EventBridge User Guide, "Using IAM policy conditions".
 */
export function busPolicyStatements({
  busArn,
  sources,
  publisherRoleArn,
}: BusPolicyInput): PolicyStatement[] {
  const senders = sendersOf(sources);
  const senderRoleArns = senders.flatMap(({ roleArns }) => roleArns);
  const resources = [busArn];
  const deny = (sid: string, conditions: Record<string, Record<string, unknown>>) =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new StarPrincipal()],
      actions,
      resources,
      conditions,
    });
  const heldTo = (roleArns: readonly string[], key: string, values: readonly string[]) => ({
    ArnEquals: { 'aws:PrincipalArn': roleArns },
    'ForAnyValue:StringNotEquals': { [key]: values },
  });

  return [
    deny('DenyEverybodyElse', {
      ArnNotEquals: { 'aws:PrincipalArn': [...senderRoleArns, publisherRoleArn] },
    }),
    deny('DenyWithoutSource', { Null: { [source]: 'true' } }),
    deny('DenyWithoutDetailType', { Null: { [detailType]: 'true' } }),
    // "Everybody but the publisher" is the senders, the others being out: one ARN instead of a list of them.
    deny('HoldSendersToApprovals', {
      ArnNotEquals: { 'aws:PrincipalArn': publisherRoleArn },
      'ForAnyValue:StringNotEquals': { [detailType]: [approvalDetailType] },
    }),
    deny('HoldPublisherToItsSource', heldTo([publisherRoleArn], source, [outcomeSource])),
    deny('HoldPublisherToOutcomes', heldTo([publisherRoleArn], detailType, [outcomeDetailType])),
    ...senders.map((group, index) =>
      deny(`HoldSenders${index + 1}ToTheirSource`, heldTo(group.roleArns, source, group.sources)),
    ),
    ...senders.map(
      (group, index) =>
        new PolicyStatement({
          sid: `AllowSenders${index + 1}`,
          // The accounts, not the roles: a role named as a principal must exist, or the policy cannot be saved, and
          // turns into an unmatchable id when it is deleted and made again. The condition names the roles.
          principals: accountsOf(group.roleArns).map((account) => new AccountPrincipal(account)),
          actions,
          resources,
          conditions: {
            ArnEquals: { 'aws:PrincipalArn': group.roleArns },
            'ForAllValues:StringEquals': { [source]: group.sources, [detailType]: [approvalDetailType] },
            Null: { [source]: 'false', [detailType]: 'false' },
          },
        }),
    ),
  ];
}

/** A role may send for several sources: the roles are grouped by what they may put, so that no Deny hits another's. */
function sendersOf(sources: readonly TicketSource[]): Senders[] {
  const sourcesByRole = new Map<string, string[]>();
  for (const { source, senderRoleArns } of sources) {
    for (const role of new Set(senderRoleArns))
      sourcesByRole.set(role, [...(sourcesByRole.get(role) ?? []), source]);
  }
  const groups = Map.groupBy(sourcesByRole, ([, itsSources]) => JSON.stringify(itsSources));
  return [...groups.values()].map((group) => ({
    sources: group[0]?.[1] ?? [],
    roleArns: group.map(([role]) => role),
  }));
}

function accountsOf(roleArns: readonly string[]): string[] {
  return [...new Set(roleArns.flatMap((arn) => accountOfArn(arn) ?? []))];
}
