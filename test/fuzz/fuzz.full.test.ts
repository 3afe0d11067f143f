import { readDeployment } from '../../sandbox/assembly/read-deployment.ts';
import { assemblyFor } from '../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../sandbox/scenario/merged-settings.ts';
import { carryOut } from './carry-out.ts';
import { type Mutation, mutations } from './mutations.ts';
import { delegatedAdministrator } from './organization.ts';
import { findingsIn } from './properties.ts';
import { type Sample, samplesOf } from './samples.ts';
import { fuzzSettings } from './valid-event.ts';

/** `npm run fuzz` in small: 150 events of one seed. */
const deployment = async () =>
  readDeployment(await assemblyFor(mergedSettings(fuzzSettings)), {
    accountId: delegatedAdministrator,
    region: 'eu-central-1',
    partition: 'aws',
  });

it('150 events: no session unless every rule holds, one entry each, nothing left behind', async () => {
  const samples = samplesOf(20_261_120, 150);
  const { counts, violations } = await carryOut(await deployment(), samples, findingsIn);

  expect(violations).toEqual([]);
  // It would hold of events that are all refused, too.
  expect(counts['succeeded unlocked']).toBeGreaterThan(5);
  expect(counts['succeeded audited-with-credentials']).toBeGreaterThan(0);
  expect(counts['succeeded root-credentials-deleted']).toBeGreaterThan(0);
  expect(counts['succeeded password-recovery-allowed']).toBeGreaterThan(0);
  expect(counts['rehearsed would-unlock']).toBeGreaterThan(0);
  expect(counts['refused nothing-to-restore']).toBeGreaterThan(0);
  expect(Object.keys(counts).length).toBeGreaterThan(8);
});

describe('the judge', () => {
  const valid = () => {
    const found = samplesOf(1, 200).find(
      ({ mutations: rows, task, verdict }) =>
        task.startsWith('unlock-') && verdict === 'same' && rows.length === 0,
    );
    if (found === undefined) throw new Error('no event without a mutation');
    return found;
  };
  const judged = async (sample: Sample) =>
    (await carryOut(await deployment(), [sample], findingsIn)).violations;
  const mutation = (verdict: Mutation['verdict'], change: Mutation['change']): Mutation => ({
    part: 'made up',
    name: 'made up',
    verdict,
    change,
  });
  const madeOf = (rows: readonly Mutation[], verdict: Mutation['verdict']): Sample => {
    const sample = valid();
    return {
      ...sample,
      mutations: rows,
      verdict,
      draft(now) {
        const draft = sample.draft(now);
        for (const { change } of rows) change(draft);
        return draft;
      },
    };
  };

  it('sees a session that was opened for an event that is wrong', async () => {
    const harmless = mutation('wrong', () => {});
    expect(await judged(madeOf([harmless], 'wrong'))).toMatchObject([
      {
        property: expect.stringContaining('only where every rule holds'),
        found: { ending: 'succeeded', opened: true },
      },
    ]);
  });

  it('sees an event that is right and was refused', async () => {
    const harmful = mutation('same', ({ detail }) => Reflect.deleteProperty(detail, 'approvals'));
    expect(await judged(madeOf([harmful], 'same'))).toMatchObject([{ found: { ending: 'refused' } }]);
  });

  it('sees an event that left nothing behind', async () => {
    const unseen = mutation('wrong', (draft) => {
      draft.source = 'rootdesk';
      draft.detailType = 'root task approved';
    });
    const properties = (await judged(madeOf([unseen], 'wrong'))).map(({ property }) => property);
    expect(properties).toEqual([
      expect.stringContaining('exactly one entry'),
      expect.stringContaining('at least one rule'),
      expect.stringContaining('only where every rule holds'),
    ]);
  });
});

it('no two mutations have one name, so that an event tells how it was made', () => {
  const names = mutations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
