import type { Mutant, NamedTests } from '../mutant.ts';

const sealed = 'lambdas/root-task/adapters/root-credentials.ts';
const testsOfSealed: NamedTests = { file: 'test/lambdas/root-task/adapters/root-credentials.test.ts' };
const noPolicyText: NamedTests = { file: 'test/lambdas/announce/no-policy-text.test.ts' };

/** No secret and no policy text leaves the place that it is for. */
export const secrets: readonly Mutant[] = [
  {
    id: 'credentials-in-json',
    file: sealed,
    find: '  toJSON(): string {\n    return this.toString();',
    replace: '  toJSON(): string {\n    return JSON.stringify(this.#credentials);',
    breaks: 'root credentials cannot be serialised',
    killedBy: [testsOfSealed],
  },
  {
    id: 'credentials-in-inspect',
    file: sealed,
    find: '  [inspect.custom](): string {\n    return this.toString();',
    replace: '  [inspect.custom](): string {\n    return this.#credentials.secretAccessKey;',
    breaks: 'root credentials cannot be printed',
    killedBy: [testsOfSealed],
  },
  {
    id: 'credentials-in-text',
    file: sealed,
    find: "return '[sealed credentials]';",
    replace: 'return this.#credentials.sessionToken;',
    breaks: 'root credentials cannot be made into text',
    killedBy: [testsOfSealed],
  },
  {
    id: 'secret-logged',
    file: 'lambdas/root-task/steps/open-root-session.ts',
    find: "lane.logger.info('root session opened', { ...opened.record, accountId: opened.accountId });",
    replace:
      "lane.logger.info('root session opened', { ...opened.record, ...(await opened.credentials.provider()), accountId: opened.accountId });",
    breaks: 'no secret is ever logged',
    killedBy: [{ file: 'test/lambdas/root-task/steps/open-root-session.test.ts' }],
  },
  {
    id: 'rehearsal-tells-statements',
    file: 'lambdas/announce/diagnosis-told.ts',
    find: "if (ending === 'rehearsed') return",
    replace: "if (ending === 'refused') return",
    breaks: 'a rehearsal tells no more of a policy than its verdict and hashes',
    killedBy: [{ file: 'test/lambdas/announce/diagnosis-told.test.ts' }],
  },
  {
    id: 'words-of-aws-quote-the-policy',
    file: 'lambdas/root-task/policies/not-taken.ts',
    find: "const detail = said ?? blocked ?? 'its words may quote the policy and are left out';",
    replace: 'const detail = said ?? blocked ?? message;',
    breaks: 'what AWS says of a policy that it did not take is not passed on where it may quote it',
    killedBy: [{ file: 'test/lambdas/root-task/tasks/unlock-s3-bucket.test.ts' }],
  },
  {
    id: 'spared-principals-told',
    file: 'lambdas/shared/diagnosis-words.ts',
    find: ': `${verb} every principal of the account but those it names ${what}`;',
    replace:
      ": `${verb} every principal of the account but ${worst.flatMap(([, { spared }]) => spared).join(', ')} ${what}`;",
    breaks: 'messages and outcome events name no principal of a policy',
    killedBy: [noPolicyText],
  },
  {
    id: 'ticket-forges-a-line',
    file: 'contract/shown.ts',
    find: 'const invisible = /[\\p{C}\\p{Zl}\\p{Zp}]/gu;',
    replace: 'const invisible = /[\\p{Zl}\\p{Zp}]/gu;',
    breaks: "somebody else's text makes no line of its own in a message",
    killedBy: [{ file: 'test/lambdas/announce/message.test.ts' }, { file: 'test/contract/faults.test.ts' }],
  },
];
