import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { endings } from '../given.ts';
import { openTheatre, type Played, type Theatre } from '../scenes/theatre.ts';
import { everyRestore, later, restore, takenAway, unlockingOf } from './restore-acts.ts';

const root = join(import.meta.dirname, '../../..');

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** What the README says to type, with what the sandbox answers on its standard input. */
function printed(requestId: string, answer: Played) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['tools/trail/main.ts', 'policy', requestId, '-'],
    { cwd: root, encoding: 'utf8', input: JSON.stringify(answer) },
  );
  return {
    status,
    stdout,
    stderr: stderr.replaceAll(/^.*(?:ExperimentalWarning|--trace-warnings).*\n/gm, ''),
  };
}

describe.each(everyRestore)(
  'the policy that an unlocking found, where $task could put it back',
  ({ scene }) => {
    it('is printed out of what the sandbox answers, byte for byte as the trail holds it', async () => {
      const answer = await theatre.play(scene, (ticket) => [
        ...takenAway(ticket, scene.repaired(ticket.target)),
        restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }),
      ]);
      const request = unlockingOf(answer.ticket);

      const [taken] = answer.trail.filter(({ kind }) => kind === 'acting');
      const old = String(Reflect.get(Object(taken?.before), 'policy'));
      expect(JSON.parse(old)).toEqual(scene.repaired(answer.ticket.target));
      expect(printed(request, answer)).toEqual({ status: 0, stdout: `${old}\n`, stderr: '' });

      const restoring = endings(answer).at(-1)?.requestId ?? '';
      expect(printed(restoring, answer)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('found no policy in place'),
      });
    });

    it('is printed of one that may not be put back, too: for a person to repair', async () => {
      const answer = await theatre.play(scene, ({ send }) => [send(), later]);
      const { status, stdout } = printed(unlockingOf(answer.ticket, {}), answer);

      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toEqual(scene.lockOut(answer.ticket.target));
    });

    it('is not printed where somebody has changed the trail', async () => {
      const answer = await theatre.play(scene, ({ send }) => [send()]);
      const trail = answer.trail.map((entry) =>
        entry.kind === 'acting' ? { ...entry, before: { ...Object(entry.before), policy: '{}' } } : entry,
      );

      expect(printed(unlockingOf(answer.ticket, {}), { ...answer, trail })).toMatchObject({
        status: 2,
        stdout: '',
      });
    });
  },
);
