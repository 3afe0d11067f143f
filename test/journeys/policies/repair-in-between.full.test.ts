import { expectIntactChains } from '../faults/expect-right.ts';
import { endings, expectToldOnce } from '../given.ts';
import type { Fault } from '../scenes/scene.ts';
import { type Case, canonical, type Desk, openDesk } from './repair-desk.ts';
import { changesIn, expectRepaired } from './repair-expect.ts';
import * as story from './story-policies.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const operations = { s3: 'PutBucketPolicy', sqs: 'SetQueueAttributes' } as const;
const crash = ({ service }: Case, when: Fault['when']): Fault => ({
  service,
  operation: operations[service],
  when,
  effect: 'crash',
});
const locked = (service: Case['service']) =>
  desk.open(service, (holder) => story.policyOf(story.onlyThePipeline(holder)));

describe.each(['s3', 'sqs'] as const)(
  '%s: a run dies at the change, and before its retry the owner',
  (service) => {
    it.each(['before', 'after'] as const)(
      'puts another policy (it died %s it): that is left alone',
      async (when) => {
        const ticket = await locked(service);
        const own = story.policyOf({ ...story.onlyThePipeline(ticket), Sid: 'OfTheOwner' });
        const answer = await ticket.play(
          [ticket.send({}, { settleFor: 'PT30S' }), ticket.ownerPuts(own), { advanceClock: 'PT5M' }],
          [crash(ticket, when)],
        );

        expect(answer.policy).toEqual(canonical(own));
        expect(endings(answer)).toMatchObject([{ ending: 'superseded', code: 'target-changed' }]);
        expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
        expect(answer.trail.at(-1)?.diagnosis).toMatchObject({ verdict: 'locks-some' });
        expectIntactChains(answer);
        expectToldOnce(answer);
      },
    );

    it('removes it: no repair is put where nothing is to be repaired', async () => {
      const ticket = await locked(service);
      const answer = await ticket.play(
        [ticket.send({}, { settleFor: 'PT30S' }), ticket.ownerPuts(null), { advanceClock: 'PT5M' }],
        [crash(ticket, 'after')],
      );

      expect(answer.policy).toBeNull();
      expect(endings(answer)).toMatchObject([{ ending: 'superseded', code: 'target-changed' }]);
      expect(changesIn(answer, ticket)).toBe(0);
      expectToldOnce(answer);
    });

    it('puts the policy back that was there: it is the recorded one, and repaired', async () => {
      const ticket = await locked(service);
      const answer = await ticket.play(
        [ticket.send({}, { settleFor: 'PT30S' }), ticket.ownerPuts(ticket.given), { advanceClock: 'PT5M' }],
        [crash(ticket, 'after')],
      );

      expect(answer.policy).toEqual(canonical(story.policyOf(story.onlyThePipelineRepaired(ticket))));
      expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'repaired' }]);
      expectIntactChains(answer);
      expectToldOnce(answer);
    });
  },
);

/** Of two Denys one ends in so many seconds: a decision after that would be another. */
const ending = (seconds: number) => (holder: Parameters<typeof story.onlyThePipeline>[0]) => {
  const until = new Date(desk.world.clock.now() + seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  return story.policyOf(story.onlyThePipeline(holder), {
    ...story.onlyFromTheEndpoint(holder),
    Condition: { DateLessThan: { 'aws:CurrentTime': until } },
  });
};

describe('a retry decides nothing anew', () => {
  it.each(['before', 'after'] as const)('it puts what was recorded (a crash %s the change)', async (when) => {
    const ticket = await desk.open('s3', ending(20));
    const answer = await ticket.play([ticket.send()], [crash(ticket, when)]);

    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'repaired' }]);
    const [first] = answer.trail.filter(({ kind }) => kind === 'acting');
    const policy = String(Reflect.get(Object(first?.intended), 'policy'));
    expect(answer.policy).toEqual(canonical(JSON.parse(policy)));
    expect(policy.match(/"NotAction"/g)).toHaveLength(2);
    expectToldOnce(answer);
  });

  it('where the policy is decided on after that, one statement is changed', async () => {
    const ticket = await desk.open('s3', ending(20));
    const answer = await ticket.play([{ advanceClock: 'PT1M' }, ticket.send()]);

    const [, temporary] = [ticket.given.Statement].flat();
    expectRepaired(answer, ticket, {
      verdict: 'locks-some',
      statement: { index: 0, sid: 'OnlyThePipeline' },
      repaired: story.policyOf(
        story.onlyThePipelineRepaired(ticket),
        temporary as object as Record<string, unknown>,
      ),
    });
  });
});
