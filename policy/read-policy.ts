import type { Fault, Policy, Read, Service, Statement } from './language.ts';
import { readJson } from './read/json.ts';
import { Place } from './read/place.ts';
import { tellService } from './read/service.ts';
import { checkNames, isMembers, kindOf, type Members, memberOf } from './read/shapes.ts';
import { readStatement } from './read/statement.ts';

/**
 * Reads the text of a bucket's or a queue's policy. What AWS would refuse is malformed, with all that is wrong and where;
 * nothing is read of it, for whoever acts on half of a policy acts on another policy. `service` is told from the
 * document where it is not given. Throws for no text.
 */
export function readPolicy(text: string, service?: Service): Read {
  const faults: Fault[] = [];
  const policy = readDocument(text, service, new Place(faults));
  const [first, ...more] = faults;
  if (first !== undefined) return { kind: 'malformed', faults: [first, ...more] };
  if (policy === null) throw new Error('a policy that cannot be read has a fault');
  return { kind: 'policy', policy };
}

function readDocument(text: string, given: Service | undefined, place: Place): Policy | null {
  const json = readJson(text, place);
  if (json === null) return null;
  const document = json.value;
  if (!isMembers(document))
    return place.fault(`is ${kindOf(document)}: expected a policy, which is a JSON object`);
  const other = otherThanPolicy(document);
  if (other !== null) return place.fault(other);
  if (memberOf(document, 'Statement') === undefined && memberOf(document, 'Effect') !== undefined) {
    place.fault('is a lone statement: write {"Version": "2012-10-17", "Statement": [...]} around it');
    readStatement(document, 0, given ?? tellService([document]), place);
    return null;
  }
  checkNames(document, ['Version', 'Id', 'Statement'], 'a policy', place);
  const id = memberOf(document, 'Id');
  if (id !== undefined && typeof id !== 'string')
    place.member('Id').fault(`is ${kindOf(id)}: expected a text in quotes`);
  const version = readVersion(memberOf(document, 'Version'), place.member('Version'));
  const statements = statementsOf(document, place);
  const service = given ?? tellService(statements.map(([value]) => value).filter(isMembers));
  if (service === null && statements.length > 0)
    place.fault(
      'does not show whether it is the policy of a bucket or of a queue: say --service s3 or --service sqs',
    );
  const read = statements.map(([value, at], index) => readStatement(value, index, service, at));
  const whole = read.filter((statement): statement is Statement => statement !== null);
  if (version === null || service === null || whole.length < read.length) return null;
  return { service, version, statements: whole, document };
}

/** What people have in their hands instead of a policy, and how to get to the policy; null for all else. */
function otherThanPolicy(document: Members): string | null {
  if (memberOf(document, 'Statement') !== undefined) return null;
  const attributes = memberOf(document, 'Attributes');
  if (typeof memberOf(document, 'Policy') === 'string')
    return 'is what GetBucketPolicy answers: give the text of its "Policy", with --query Policy --output text';
  if (isMembers(attributes) && typeof memberOf(attributes, 'Policy') === 'string')
    return 'is what GetQueueAttributes answers: give the text of its "Policy", with --query Attributes.Policy --output text';
  return null;
}

function readVersion(value: unknown, place: Place): Policy['version'] | null {
  // Source: IAM User Guide, "IAM JSON policy elements: Version".
  if (value === undefined) return '2008-10-17';
  if (value === '2008-10-17' || value === '2012-10-17') return value;
  return place.fault(`is ${kindOf(value)}: expected "2012-10-17", or "2008-10-17" in an old policy`);
}

function statementsOf(document: Members, place: Place): (readonly [unknown, Place])[] {
  const value = memberOf(document, 'Statement');
  const at = place.member('Statement');
  if (value === undefined) place.fault('has no "Statement": expected a list of statements');
  else if (isMembers(value)) return [[value, at]];
  else if (!Array.isArray(value)) at.fault(`is ${kindOf(value)}: expected a list of statements`);
  else if (value.length === 0) at.fault('is an empty list: expected at least one statement');
  else return value.map((statement: unknown, index) => [statement, at.item(index)] as const);
  return [];
}
