import { parseScenario, ScenarioError } from '../../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../../sandbox/scenario/run-scenario.ts';

const account = (more: object = {}) => ({ id: '156041421443', ...more });

describe('a scenario', () => {
  it.each([
    [
      'a policy that is no JSON',
      [account({ buckets: [{ name: 'aaa', region: 'eu-north-1', policy: 'not json' }] })],
      /^organization\.accounts\[0\]\.buckets\[0\]\.policy: expected a policy document as JSON text; found "not json"/,
    ],
    [
      'an account that is there twice',
      [account(), account()],
      /^organization\.accounts: expected each account id once/,
    ],
  ])('names %s', (_, accounts, message) => {
    expect(() => parseScenario({ organization: { accounts }, steps: [] })).toThrow(message);
  });

  it('names the step that asks for an action that there is not', async () => {
    const step = {
      try: {
        accountId: '156041421443',
        as: 'admin',
        action: 's3:GetBucketPolicyy',
        resource: 'arn:aws:s3:::x',
      },
    };
    const played = runScenario(parseScenario({ steps: [step] }));
    await expect(played).rejects.toThrow(/^steps\[0\]\.try: .*s3:GetBucketPolicyy/);
    await expect(played).rejects.toBeInstanceOf(ScenarioError);
  });

  it.each([
    ['createRootCredential', { password: true }],
    ['useRootCredential', {}],
    ['changeAccount', { state: 'SUSPENDED' }],
  ])('names the %s step whose account is not there', async (kind, more) => {
    const step = { [kind]: { accountId: '999999999999', ...more } };
    const played = runScenario(parseScenario({ steps: [step] }));
    await expect(played).rejects.toThrow(
      `steps[0].${kind}: accountId: no account 999999999999 in the organization; found`,
    );
    await expect(played).rejects.toBeInstanceOf(ScenarioError);
  });
});
