import type { Answer } from '../../sandbox/scenario/answer.ts';
import { expectDeclaredChanges, expectIntactChains } from './faults/expect-right.ts';
import { callsOf, endings, expectToldOnce } from './given.ts';
import type { Fault, Policy, Scene } from './scenes/scene.ts';
import { scenesOfRun } from './scenes/scenes.ts';
import { openTheatre, type Played, type Theatre } from './scenes/theatre.ts';
import type { Ticket } from './scenes/ticket.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const faultAtChange = (
  { service, change: operation }: Scene,
  when: Fault['when'],
  effect: Fault['effect'] = 'crash',
): Fault => ({ service, operation, when, effect });
const faultAtAssumeRoot = (more: Pick<Fault, 'times' | 'skip'>): Fault => ({
  service: 'sts',
  operation: 'AssumeRoot',
  when: 'before',
  effect: 'crash',
  ...more,
});

/** The run fails when it sends the change; 30 seconds later, before its retry, somebody puts a policy. */
function ownerPuts(scene: Scene, policyOf: (target: string) => Policy, fault: Fault) {
  const plot = (ticket: Ticket) => [
    ticket.send({}, { settleFor: 'PT30S' }),
    ticket.ownerPuts(policyOf(ticket.target)),
  ];
  return theatre.play(scene, plot, [fault]);
}

describe.each(scenesOfRun)(
  '$task: the owner puts a new policy between a run that failed and its retry',
  (scene) => {
    it.each([
      ['it died before the change', 'before', 'crash'],
      ['it died after the change', 'after', 'crash'],
      ['it had no answer, and nothing was done', 'before', 'timeout'],
      ['it had no answer, and it was done', 'after', 'timeout'],
    ] as const)('%s: the new policy is left alone', async (_, when, effect) => {
      const answer = await ownerPuts(scene, scene.repaired, faultAtChange(scene, when, effect));

      expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
      expect(endings(answer)).toMatchObject([{ ending: 'superseded', code: 'target-changed' }]);
      expectIntactChains(answer);
      expectDeclaredChanges(answer, scene);
      expectToldOnce(answer);
      expect(answer.deadLetters).toEqual([]);
      expect(answer.calls.filter(({ operation }) => operation === scene.change)).toHaveLength(1);
    });
  },
);

describe.each(scenesOfRun)(
  '$task: the same policy is back after a run that died behind the change',
  (scene) => {
    it('it is what the attempt recorded, so the retry looks twice, declares itself and removes it', async () => {
      const answer = await ownerPuts(scene, scene.lockOut, faultAtChange(scene, 'after'));

      expect(answer.policy).toBeNull();
      expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
      expect(answer.trail.map(({ kind, attempt }) => [kind, attempt])).toEqual([
        ['approved', undefined],
        ['acting', 1],
        ['acting', 2],
        ['ended', undefined],
      ]);
      expectIntactChains(answer);
      expectDeclaredChanges(answer, scene);
      expectToldOnce(answer);
    });

    it('even when AWS words it otherwise: it is the same policy in another order', async () => {
      const answer = await ownerPuts(scene, scene.lockOutReworded, faultAtChange(scene, 'after'));

      expect(answer.policy).toBeNull();
      expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    });
  },
);

describe.each(scenesOfRun)(
  '$task: a retry believes what its first attempt recorded when two reads say so',
  (scene) => {
    it('the reads lie as far apart as AWS may be late', async () => {
      const answer = await theatre.play(scene, ({ send }) => [send()], [faultAtChange(scene, 'before')]);

      const ofRoot = answer.calls.filter(({ principal }) => principal.endsWith(':root'));
      const retry = ofRoot.slice(ofRoot.findLastIndex(({ operation }) => operation === scene.find) + 1);
      expect(retry.map(({ operation }) => operation)).toEqual([
        scene.read,
        scene.read,
        scene.change,
        scene.read,
      ]);
      const [first, second] = retry.map(({ at }) => Date.parse(at));
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(5_000);
    });
  },
);

describe.each(scenesOfRun)('$task: another ticket comes between a run that failed and its retry', (scene) => {
  // Two runs die, at once and after a minute; the third comes after three. In between another ticket waits for the
  // turn of the second to lapse, unlocks the target, and a pipeline puts the same policy back.
  const plot = (ticket: Ticket) => [
    ticket.send({}, { settleFor: 'PT90S' }),
    ticket
      .another()
      .send({ approvals: ticket.approvals(['lead@example.com', 'PT1M']) }, { settleFor: 'PT90S' }),
    ticket.lockedAgain,
  ];

  function expectOnlyTheOtherActed(answer: Played, code: string) {
    const { id } = answer.ticket;
    const endingsOf = (ticketId: string) =>
      endings(answer).filter(({ requestId }) => requestId.startsWith(`jira/${ticketId.toLowerCase()}/`));
    expect(endingsOf(`${id}B`)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(endingsOf(id)).toMatchObject([{ ending: 'superseded', code }]);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
    expect(changesIn(answer)).toBe(1);
    expectIntactChains(answer);
    expectToldOnce(answer);
  }
  const changesIn = (answer: Answer) => callsOf(answer, scene.service, scene.change);

  it('the retry, whose approval is for a state that is gone, leaves the target alone', async () => {
    const answer = await theatre.play(scene, plot, [faultAtAssumeRoot({ times: 2 })]);

    expectOnlyTheOtherActed(answer, 'newer-request');
  });

  it('even when the first run had declared itself, and the same policy is back', async () => {
    const answer = await theatre.play(scene, plot, [
      faultAtChange(scene, 'before'),
      faultAtAssumeRoot({ skip: 1 }),
    ]);

    expectOnlyTheOtherActed(answer, 'target-changed');
  });
});
