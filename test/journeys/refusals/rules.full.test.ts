import type { Scene } from '../scenes/scene.ts';
import { everyScene, firstScene } from '../scenes/scenes.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import type { Ticket } from '../scenes/ticket.ts';
import { expectRefused } from './expect-refused.ts';

type Detail = Record<string, unknown>;

/** An event that must be refused: how it differs from a good one, and the codes of all its reasons. */
interface Case {
  readonly name: string;
  readonly change: (ticket: Ticket) => Detail;
  readonly codes: readonly string[];
  readonly paths?: readonly string[];
}

/** The rules do not know what is asked for: they are played with the first root task. */
const ofEveryTask: readonly Case[] = [
  {
    name: 'the requester approves, under another spelling',
    change: () => ({ requestedBy: ' Lead@Example.com' }),
    codes: ['requester-approved', 'too-few-approvals'],
  },
  {
    name: 'an approver is not on the list',
    change: ({ approvals }) => ({ approvals: approvals(['stranger@example.com', '-PT2M']) }),
    codes: ['approver-not-listed', 'too-few-approvals'],
    paths: ['detail.approvals[0].approver', 'detail.approvals'],
  },
  {
    name: 'an approver is listed twice',
    change: ({ approvals }) => ({
      approvals: approvals(['lead@example.com', '-PT2M'], ['LEAD@example.com', '-PT2M']),
    }),
    codes: ['approver-listed-twice'],
  },
  {
    name: 'the approval is too old',
    change: ({ approvals }) => ({ approvals: approvals(['lead@example.com', '-PT24H2M']) }),
    codes: ['approval-too-old'],
  },
  {
    name: 'the approval lies in the future',
    change: ({ approvals }) => ({ approvals: approvals(['lead@example.com', 'PT6M']) }),
    codes: ['approval-in-the-future'],
  },
  {
    name: 'the source does not speak for that ticket system',
    change: () => ({ ticket: { system: 'servicenow', id: 'CHG-1', url: 'https://acme.example/CHG-1' } }),
    codes: ['wrong-ticket-system'],
  },
  {
    name: 'a key is not known',
    change: () => ({ urgent: true }),
    codes: ['malformed'],
    paths: ['detail.urgent'],
  },
  {
    name: 'several fields are wrong: each is named',
    change: () => ({
      requestedBy: 'a\nb',
      ticket: { system: 'jira', id: 'SEC 1', url: 'http://acme.example' },
    }),
    codes: ['malformed', 'malformed', 'malformed', 'malformed'],
    paths: ['detail.requestedBy', 'detail.ticket.id', 'detail.ticket.url'],
  },
];

/** Those about targets, which each root task names in its own way. */
const ofTargets = (scene: Scene): readonly Case[] => [
  {
    name: 'the target is in the management account',
    change: ({ target }) => ({ target: scene.target(target, '111111111111') }),
    codes: ['management-account-target'],
  },
  {
    name: 'the target is in the account in which rootdesk runs',
    change: ({ target }) => ({ target: scene.target(target, '222222222222') }),
    codes: ['own-account'],
  },
  {
    name: 'the target is protected',
    change: () => ({ target: scene.target('acme-tf-state') }),
    codes: ['protected-target'],
  },
  {
    name: 'several rules fail at once: all are reported',
    change: ({ approvals }) => ({
      target: scene.target('acme-tf-state', '111111111111'),
      approvals: approvals(['stranger@example.com', 'PT6M']),
    }),
    codes: [
      'approver-not-listed',
      'too-few-approvals',
      'approval-in-the-future',
      'management-account-target',
      'protected-target',
    ],
  },
];

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
/** Of many refusals in five minutes, on-call is told together. */
beforeEach(() => theatre.pass('PT5M'));
afterAll(() => theatre.close());

const cases = everyScene.flatMap((scene) =>
  [...(scene === firstScene ? ofEveryTask : []), ...ofTargets(scene)].map((one) => ({
    ...one,
    scene,
    task: scene.task,
  })),
);

it.each(cases)('$task is refused, recorded and told: $name', async ({ scene, change, ...expected }) => {
  const answer = await theatre.play(scene, (ticket) => [ticket.send(change(ticket))]);

  expectRefused(answer, answer.ticket.approval(change(answer.ticket)), expected);
});
