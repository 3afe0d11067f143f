import type { RunEnding } from '../../../contract/ending.ts';
import { classOf, credentialKinds, type RootCredentials } from '../../../contract/root-credentials.ts';
import { describeTarget } from '../../../contract/target.ts';
import { RootUser } from '../adapters/root-user.ts';
import { readCredentials } from '../credentials/read.ts';
import { credentialsStateOf } from '../credentials/state.ts';
import { foundText, unknownText } from '../credentials/words.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { RootTask } from '../root-task.ts';
import type { ClaimedRequest } from '../steps/claim.ts';
import { recordEnding } from '../steps/record.ts';

const name = 'audit-root-credentials';

/**
 * Reads which credentials a root user has. It changes nothing, so there is nothing to declare: what was read is the
 * ending. Source: IAM User Guide, "Perform a privileged task on a member account".
 */
export const auditRootCredentials = (region: string): RootTask => ({
  name,
  work: async (claimed, session, lane) => {
    const credentials = await readCredentials(new RootUser(session, region), { withSummary: true });
    const after = credentialsStateOf(credentials);
    return recordEnding(
      claimed,
      null,
      endingOf(claimed, credentials),
      { after, session: session.record },
      lane,
    );
  },
});

function endingOf({ request }: ClaimedRequest, credentials: RootCredentials): RunEnding {
  const unreadable = unreadableOf(credentials);
  if (unreadable.length === credentialKinds.length)
    return failure('root-credentials-unreadable', name, request.target, unknownText(unreadable));
  const summary = `The ${describeTarget(request.target)} ${foundText(credentials)}.`;
  if (request.ticket.dryRun) {
    return {
      ending: 'rehearsed',
      code: 'would-audit',
      summary: `Rehearsal: an audit only reads, so this is what it finds. ${summary}`,
      remedy: null,
    };
  }
  const found = classOf(credentials);
  switch (found) {
    case 'clean':
      return { ending: 'succeeded', code: 'audited-clean', summary, remedy: null };
    case 'with-credentials':
      return {
        ending: 'succeeded',
        code: 'audited-with-credentials',
        summary,
        remedy:
          'Root credentials are not needed where root access is central: approve delete-root-credentials, after a look at what was used recently.',
      };
    case 'unknown':
      return {
        ending: 'succeeded',
        code: 'audited-with-unknown',
        summary,
        remedy: 'What could not be read may be there. Lift what denies the reads, then audit again.',
      };
    default:
      return found satisfies never;
  }
}

function unreadableOf(credentials: RootCredentials) {
  return credentialKinds.flatMap((kind) => {
    const read = credentials[kind];
    return read.state === 'unknown' ? [{ kind, reason: read.reason }] : [];
  });
}

export const handler = rootTaskHandler(auditRootCredentials);
