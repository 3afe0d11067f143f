import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { DiagnosisTold } from '../../../contract/diagnosis.ts';
import { callsOf, endings } from '../given.ts';
import { type Desk, openDesk, type Told } from './repair-desk.ts';
import { changesIn, expectLeftAlone, expectRepaired, hashOf } from './repair-expect.ts';
import { admin, allowedIn, stepsOf } from './repair-tries.ts';
import * as story from './story-policies.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const root = join(import.meta.dirname, '../../..');

/** What `npm run --silent diagnose -- --hash` prints of a policy, as whoever wrote it has it. */
function printedHash(policy: unknown): string {
  const args = [join(root, 'tools/diagnose/main.ts'), '--hash', '-'];
  return execFileSync(process.execPath, args, {
    input: JSON.stringify(policy, null, 4),
    encoding: 'utf8',
  }).trim();
}

const toldOf = ({ outcomes }: Told) => Reflect.get(Object(outcomes[0]?.detail), 'diagnosis') as DiagnosisTold;

describe('an approval of one policy, and of what is put in its place', () => {
  it('names both by the hashes that a person prints: S3 words the policy anew, and its hash stays', async () => {
    const ticket = await desk.open('s3', (holder) => story.asPeopleWriteIt(holder));
    const worded = await ticket.play([ticket.send({ dryRun: true })]);
    const read = worded.trail.at(-1)?.after as { readonly policy: string };
    expect(read.policy).not.toBe(JSON.stringify(ticket.given));

    const approved = { policySha256: printedHash(ticket.given), replacement: toldOf(worded).repairedSha256 };
    const anew = await ticket.again('B');
    const answer = await anew.play([anew.send(approved)]);
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'repaired' }]);
    expect(hashOf(answer.policy)).toBe(approved.replacement);
  });

  it.each(['s3', 'sqs'] as const)('%s: where another policy is there, it is left alone', async (service) => {
    const ticket = await desk.open(service, (holder) => story.policyOf(story.onlyThePipeline(holder)));
    const another = hashOf(story.policyOf(story.onlyFromTheEndpoint(ticket)));
    const answer = await ticket.play([ticket.send({ policySha256: another })]);

    expectLeftAlone(answer, ticket, 'superseded', 'policy-not-as-approved');
    const [ended] = endings(answer);
    for (const hash of [another, hashOf(ticket.given)]) expect(ended?.summary).toContain(hash.slice(0, 12));
    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
  });

  it('where another one would be put, it is left alone', async () => {
    const ticket = await desk.open('s3', (holder) => story.policyOf(story.onlyThePipeline(holder)));
    const another = hashOf(story.policyOf(story.neverReplaced(ticket)));
    const answer = await ticket.play([
      ticket.send({ policySha256: hashOf(ticket.given), replacement: another }),
    ]);

    expectLeftAlone(answer, ticket, 'superseded', 'replacement-not-as-approved');
    const repaired = story.policyOf(story.onlyThePipelineRepaired(ticket));
    const [ended] = endings(answer);
    for (const hash of [another, hashOf(repaired)]) expect(ended?.summary).toContain(hash.slice(0, 12));
  });

  it('holds for a removal too', async () => {
    const ticket = await desk.open('s3', (holder) => story.policyOf(story.onlyThePipeline(holder)));
    const another = hashOf(story.policyOf(story.neverReplaced(ticket)));
    const asked = { remedy: 'delete', policySha256: another };
    expectLeftAlone(await ticket.play([ticket.send(asked)]), ticket, 'superseded', 'policy-not-as-approved');

    const anew = await ticket.again('B');
    const answer = await anew.play([anew.send({ ...asked, policySha256: printedHash(ticket.given) })]);
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
  });
});

describe.each(['s3', 'sqs'] as const)(
  '%s: a rehearsal, its approval and the real run make one story',
  (service) => {
    it('the rehearsal tells verdict and hashes, the approval quotes them, and just that is put', async () => {
      const ticket = await desk.open(service, (holder) => story.policyOf(story.onlyThePipeline(holder)));
      const repaired = story.policyOf(story.onlyThePipelineRepaired(ticket));
      const rehearsal = await ticket.play([ticket.send({ dryRun: true })]);

      expectLeftAlone(rehearsal, ticket, 'rehearsed', 'would-repair');
      const hashes = { policySha256: hashOf(ticket.given), repairedSha256: hashOf(repaired) };
      expect(rehearsal.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
      expect(rehearsal.trail[1]?.diagnosis).toMatchObject({
        verdict: 'locks-some',
        policySha256: hashes.policySha256,
        repair: {
          sha256: hashes.repairedSha256,
          diff: expect.stringMatching(/^-.*"Action": "(?:s3|sqs):\*"/m),
        },
      });
      for (const told of ['locks-some', ...Object.values(hashes)])
        expect(rehearsal.notifications[0]?.message).toContain(told);
      expect(toldOf(rehearsal)).toEqual({
        verdict: 'locks-some',
        ...hashes,
        statements: null,
        said: null,
        instead: null,
      });

      const { policySha256, repairedSha256: replacement } = toldOf(rehearsal);
      const real = await ticket.again('B');
      const tries = {
        'admin reads the policy': admin(service === 's3' ? 's3:GetBucketPolicy' : 'sqs:GetQueueAttributes'),
      };
      const answer = await real.play([real.send({ policySha256, replacement }), ...stepsOf(tries, real)]);
      expectRepaired(answer, real, {
        verdict: 'locks-some',
        statement: { index: 0, sid: 'OnlyThePipeline' },
        repaired,
      });
      expect(hashOf(answer.policy)).toBe(replacement);
      expect(allowedIn(tries, answer)).toEqual([['admin reads the policy']]);
    });

    it('the owner changes the policy in between: what was approved is gone, and the new one stays', async () => {
      const ticket = await desk.open(service, (holder) => story.policyOf(story.onlyThePipeline(holder)));
      const rehearsal = await ticket.play([ticket.send({ dryRun: true })]);
      const { policySha256, repairedSha256: replacement } = toldOf(rehearsal);

      const changed = story.policyOf({ ...story.onlyThePipeline(ticket), Sid: 'StillOnlyThePipeline' });
      const real = await ticket.again('B');
      const answer = await real.play([real.ownerPuts(changed), real.send({ policySha256, replacement })]);
      expectLeftAlone(answer, { ...real, given: changed }, 'superseded', 'policy-not-as-approved');
      expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
      expect(changesIn(answer, real)).toBe(0);
    });
  },
);

it.each([
  ['that shuts nobody out', story.neverReplaced, 'would-not-act'],
  ['that cannot be repaired', story.administrationByNobody, 'would-not-act'],
  ['that is malformed', story.misspelt, 'would-not-act'],
] as const)('the rehearsal of a policy %s gives nothing of it away', async (_, statementOf, code) => {
  const ticket = await desk.open('s3', (holder) => story.policyOf(statementOf(holder)));
  const answer = await ticket.play([ticket.send({ dryRun: true })]);

  expectLeftAlone(answer, ticket, 'rehearsed', code);
  expect(answer.notifications[0]?.message).toContain(hashOf(ticket.given));
});
