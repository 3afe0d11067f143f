import type { EndedEntry, RefusedEntry } from '../../../contract/trail-entry.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import { tellFromStream, tellLate } from '../../../lambdas/announce/on-call.ts';
import { logger } from '../../../lambdas/logger.ts';
import { GivenDesk, newsOf, resealed } from '../given/announcing.ts';
import { givenEnding } from '../given/records.ts';
import { givenEvent } from '../given/request.ts';

let ended: EndedEntry;
let refusal: RefusedEntry;
beforeAll(async () => {
  const endings = [
    (await givenEnding()).ending,
    (await givenEnding(givenEvent({ account: '444444444444' }))).ending,
  ];
  for (const ending of endings) {
    if (ending.kind === 'ended') ended = ending;
    else refusal = ending;
  }
});
beforeEach(() => {
  for (const level of ['info', 'error'] as const) jest.spyOn(logger, level).mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const endingOf = (name: string): News => newsOf(resealed(ended, { requestId: `jira/${name}` }));
const refusals = (count: number, name = 'event'): News[] =>
  Array.from({ length: count }, (_, index) =>
    newsOf(resealed(refusal, { requestId: `refused/${name}-${index}` })),
  );
const tamperings = (count: number): News[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'tampering',
    key: `entry ${index} of r`,
    what: 'was removed',
    mark: { entry: `stream#${index}`, hash: 'tampering' },
  }));

const isDigest = (subject: string) => subject.includes('told together');

describe('what the stream brings', () => {
  it('is told once, however often it comes', async () => {
    const desk = new GivenDesk();
    const news = [endingOf('a'), ...refusals(2), ...tamperings(1)];
    expect(await tellFromStream(news, desk)).toEqual([]);
    expect(desk.messages).toHaveLength(4);
    expect(await tellFromStream(news, desk)).toEqual([]);
    expect(await tellLate(news, desk)).toEqual([]);
    expect(desk.messages).toHaveLength(4);
  });

  it('is told one by one where requests were refused after a look: no flood of events makes these', async () => {
    const desk = new GivenDesk();
    const refusedAfterLook = { ending: 'refused', code: 'nobody-locked-out' } as const;
    const news = Array.from({ length: 8 }, (_, index) =>
      newsOf(resealed(ended, { ...refusedAfterLook, requestId: `jira/looked-${index}` })),
    );
    expect(await tellFromStream([...refusals(20), ...news], desk)).toEqual([]);
    const told = desk.messages.filter(({ body }) => body.includes('jira/looked-'));
    expect(told).toHaveLength(8);
    expect(told[0]?.subject).toBe('rootdesk refused: unlock-s3-bucket project-prod-1 SEC-1234');
    expect(told[0]?.body).toContain('Ending:         refused (nobody-locked-out)');
  });

  it('is told again where another entry, with another hash, was told in its place', async () => {
    const desk = new GivenDesk();
    desk.remembered.set(endingOf('a').mark.entry, 'f'.repeat(64));
    await tellFromStream([endingOf('a')], desk);
    expect(desk.messages).toHaveLength(1);
  });

  it('comes again where it could not be told, and stops nothing behind it', async () => {
    const desk = new GivenDesk();
    const [first, second] = [endingOf('first'), endingOf('second')];
    desk.beforePublish = ({ body }) => {
      if (body.includes('jira/first')) throw new Error('InvalidParameter');
    };
    expect(await tellFromStream([first, second], desk)).toEqual([first]);
    expect(desk.messages).toHaveLength(1);
    desk.beforePublish = () => {};
    expect(await tellFromStream([first, second], desk)).toEqual([]);
    expect(desk.messages).toHaveLength(2);
  });

  it('is told twice, not never, where it could not be remembered', async () => {
    const desk = new GivenDesk();
    desk.beforeAdd = () => {
      throw new Error('ThrottlingException');
    };
    const news = [endingOf('a'), ...refusals(3)];
    const failed = await tellFromStream(news, desk);
    expect(new Set(failed)).toEqual(new Set(news));
    desk.beforeAdd = () => {};
    expect(await tellFromStream(news, desk)).toEqual([]);
    expect(desk.subjects.filter((subject) => subject.includes('succeeded'))).toHaveLength(2);
  });

  it.each(['has', 'count'] as const)('is not told where the memory fails: %s', async (what) => {
    const desk = new GivenDesk();
    desk[what === 'has' ? 'beforeHas' : 'beforeCount'] = () => {
      throw new Error('ThrottlingException');
    };
    const news = refusals(2);
    expect(new Set(await tellFromStream(news, desk))).toEqual(new Set(news));
    expect(desk.messages).toEqual([]);
  });

  it('comes again where the invocation has no time left for it', async () => {
    const desk = new GivenDesk();
    desk.timeLeft = false;
    const news = [endingOf('a'), ...refusals(1)];
    expect(await tellFromStream(news, desk)).toEqual(news);
    expect(desk.messages).toEqual([]);
  });

  it('of tampering in many places is one page, before any refusal', async () => {
    const desk = new GivenDesk();
    await tellFromStream([...refusals(10), ...tamperings(60)], desk);
    expect(desk.subjects[0]).toContain('ALERT');
    expect(desk.subjects.filter((subject) => subject.includes('ALERT'))).toHaveLength(1);
    expect(desk.messages[0]?.body).toContain('entry 49 of r was removed');
    expect(desk.messages[0]?.body).toContain('and 10 more');
  });
});

describe('refusals', () => {
  it('that are few are told one by one', async () => {
    const desk = new GivenDesk();
    await tellFromStream(refusals(5), desk);
    expect(desk.messages).toHaveLength(5);
    expect(desk.subjects.filter(isDigest)).toEqual([]);
  });

  it('beyond five in a window are told together', async () => {
    const desk = new GivenDesk();
    await tellFromStream(refusals(3, 'early'), desk);
    await tellFromStream(refusals(20, 'late'), desk);
    expect(desk.messages).toHaveLength(6);
    expect(desk.subjects.at(-1)).toBe('rootdesk refused: 18 approvals, told together');
  });

  it('are told one by one again in the next window', async () => {
    const desk = new GivenDesk();
    await tellFromStream(refusals(30, 'early'), desk);
    desk.later();
    await tellFromStream(refusals(2, 'late'), desk);
    expect(desk.messages).toHaveLength(5 + 1 + 2);
  });

  it.each([1, 7, 100])(
    '500 in batches of %i, an ending among them: a few messages, none untold',
    async (size) => {
      const desk = new GivenDesk();
      const news = refusals(500);
      news.splice(250, 0, endingOf('among-them'));
      for (let from = 0; from < news.length; from += size)
        expect(await tellFromStream(news.slice(from, from + size), desk)).toEqual([]);
      const own = desk.subjects.filter((subject) => subject.includes('succeeded'));
      expect(own).toHaveLength(1);
      expect(desk.messages.length).toBeLessThanOrEqual(1 + 5 + 3);

      desk.later();
      expect(await tellLate(news, desk)).toEqual([]);
      expect(desk.messages.length).toBeLessThanOrEqual(1 + 5 + 3 + 1);
      expect(desk.remembered.size).toBe(501);
      const told = desk.messages.map(({ body }) => body).join('\n');
      for (const { mark } of refusals(500)) expect(told).toContain(`${mark.entry.replace('#', ' # ')}`);
    },
  );

  it('of one batch do not delay an ending in it', async () => {
    const desk = new GivenDesk();
    await tellFromStream([...refusals(99), endingOf('behind-them')], desk);
    expect(desk.subjects[0]).toContain('succeeded');
  });

  it('held back are told by the catch-up, a single one as itself', async () => {
    const desk = new GivenDesk();
    const news = refusals(6);
    for (const one of news) await tellFromStream([one], desk);
    expect(desk.messages).toHaveLength(5);
    await tellLate(news, desk);
    expect(desk.subjects.filter(isDigest)).toEqual([]);
    expect(desk.messages).toHaveLength(6);
  });

  it('that come singly beyond the first five wait, and take nothing from those that come many at a time', async () => {
    const desk = new GivenDesk();
    await tellFromStream(refusals(5, 'few'), desk);
    await tellFromStream(refusals(1, 'single'), desk);
    expect(desk.messages).toHaveLength(5);
    for (const name of ['one', 'two', 'three']) await tellFromStream(refusals(9, name), desk);
    expect(desk.subjects.filter(isDigest)).toHaveLength(3);
  });

  it('told together come again together where they could not be told', async () => {
    const desk = new GivenDesk();
    desk.beforePublish = ({ subject }) => {
      if (isDigest(subject)) throw new Error('InternalError');
    };
    const news = refusals(10);
    expect(await tellFromStream(news, desk)).toEqual(news.slice(5));
    expect(desk.remembered.size).toBe(5);
  });
});

it('an ending is told although its approval cannot be made out', async () => {
  const desk = new GivenDesk();
  await tellFromStream([endingOf('a')], desk);
  expect(desk.messages[0]?.body).not.toContain('Approved by');
  expect(desk.messages).toHaveLength(1);
});
