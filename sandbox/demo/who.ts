import type { Deployment } from '../parts.ts';

/** The path of a construct in the stack, from its logical id: `UnlockS3Bucket` of `RootdeskUnlockS3BucketTaskRole93AB7A66`. */
const wordsOf = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '').replace(/^Rootdesk/, '');

/** A principal in a word or two: the ticketing role, one of the stack's functions, a task role, root. */
export function whoIs(principal: string, { roles, functions }: Deployment): string {
  const [, , , , account = '', path = ''] = principal.split(':');
  if (path === 'root') return `root of ${account}`;
  const roleName = path.split('/')[1] ?? path;
  const role = roles.find(({ name }) => name === roleName);
  if (role === undefined) return roleName;
  const fn = functions.find(({ roleArn }) => roleArn === role.arn);
  if (fn === undefined) return 'task role';
  return wordsOf(fn.logicalId)
    .replace(/Handler$|Function/g, '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase();
}
