import type { Mutant, NamedTests } from '../mutant.ts';

const batch = 'lambdas/announce/batch.ts';
const tell = 'lambdas/announce/tell.ts';
const change = 'lambdas/announce/change.ts';
const onCall = 'lambdas/announce/on-call.ts';
const catchUp = 'lambdas/announce/catch-up.ts';

const testsOfBatch: NamedTests = { file: 'test/lambdas/announce/batch.test.ts' };
const testsOfOnCall: NamedTests = { file: 'test/lambdas/announce/on-call.test.ts' };
const testsOfChange: NamedTests = { file: 'test/lambdas/announce/change.test.ts' };
const testsOfCatchUp: NamedTests = { file: 'test/lambdas/announce/catch-up.test.ts' };
const testsOfBus: NamedTests = { file: 'test/lambdas/announce/bus.test.ts' };
const testsOfNews: NamedTests = { file: 'test/lambdas/announce/news.test.ts' };

/** Nothing is silent: every ending and every tampering is told, once, and told again where telling failed. */
export const announcements: readonly Mutant[] = [
  {
    id: 'only-last-record-of-the-stream',
    file: batch,
    find: 'const found = Records.flatMap(',
    replace: 'const found = Records.slice(-1).flatMap(',
    breaks: 'every record of a batch of the stream is looked at',
    killedBy: [testsOfBatch],
  },
  {
    id: 'unseen-record-given-up',
    file: batch,
    find: 'batchItemFailures: [...unseen, ...told.filter(',
    replace: 'batchItemFailures: [...told.filter(',
    breaks: 'a record that could not be looked up in the trail comes again',
    killedBy: [testsOfBatch],
  },
  {
    id: 'untold-record-given-up',
    file: batch,
    find: 'failed.has(news)',
    replace: 'failed.has(news) && unseen.length > 0',
    breaks: 'a record that could not be told comes again',
    killedBy: [testsOfBatch],
  },
  {
    id: 'announcement-lost-on-sns-failure',
    file: tell,
    find: '    return [...news];\n',
    replace: '    return [];\n',
    breaks: 'what could not be published comes again',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'announcement-not-remembered-is-done',
    file: tell,
    find: "if (failure?.status !== 'rejected') return false;",
    replace: "if (failure?.status !== 'rejected' || failure.reason !== null) return false;",
    breaks: 'what was told and not remembered comes again: told twice, never not at all',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'announcement-unknown-counts-as-told',
    file: tell,
    find: '      failed.push(one);\n',
    replace: '',
    breaks: 'where nobody can find out whether it was told, it comes again',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'told-twice',
    file: tell,
    find: 'if (!has.value) untold.push(one);',
    replace: 'untold.push(one);',
    breaks: 'what was told is not told again',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'told-without-time-to-remember',
    file: tell,
    find: 'if (!hasTime()) throw',
    replace: 'if (!hasTime() && news.length === 0) throw',
    breaks: 'nothing is told that the invocation has no time to finish',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'changed-entry-not-told',
    file: change,
    find: "if (record.eventName !== 'INSERT') {",
    replace: "if (record.eventName === 'REMOVE') {",
    breaks: 'a change of an entry pages on-call',
    killedBy: [testsOfChange],
  },
  {
    id: 'removed-entry-not-told',
    file: change,
    find: "if (record.eventName !== 'INSERT') {",
    replace:
      "if (String(record.eventName) === 'REMOVE') return { kind: 'step' };\n  if (record.eventName !== 'INSERT') {",
    breaks: 'the removal of an entry pages on-call',
    killedBy: [testsOfChange],
  },
  {
    id: 'made-up-hash-believed',
    file: change,
    find: 'if (!coversItself(image)) return',
    replace: "if (!coversItself(image) && key === '') return",
    breaks: 'an entry that its hash does not cover pages on-call',
    killedBy: [testsOfChange],
  },
  {
    id: 'made-up-ending-told',
    file: 'lambdas/announce/in-trail.ts',
    find: "if (place.kind === 'intact' && place.entry.hash === hash) return news;",
    replace: "if (place.kind === 'intact' || hash !== '') return news;",
    breaks: 'an announcer tells only endings that the trail holds',
    killedBy: [testsOfBatch],
  },
  {
    id: 'refusal-hides-an-ending',
    file: onCall,
    find: "const failed = await tellUrgent(news, desk);\n  const found = await untoldOf(news.filter(isOf('refused')), desk);\n  failed.push(",
    replace:
      "const found = await untoldOf(news.filter(isOf('refused')), desk);\n  const failed = found.untold.length > 5 ? [] : await tellUrgent(news, desk);\n  failed.push(",
    breaks: 'an ending never waits for a flood of refusals',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'flood-of-refusals-told-one-by-one',
    file: onCall,
    find: 'const toldAlone = 5;',
    replace: 'const toldAlone = 5_000;',
    breaks: 'a flood of refusals makes a few messages',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'uncounted-refusals-lost',
    file: onCall,
    find: '    return [...failed, ...found.untold];\n',
    replace: '    return failed;\n',
    breaks: 'refusals that could not be counted come again',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'event-that-the-bus-did-not-take-is-told',
    file: 'lambdas/announce/bus.ts',
    find: 'if (put?.EventId === undefined)',
    replace: 'if (put === undefined || (put.EventId === undefined && put.ErrorCode === undefined))',
    breaks: 'an outcome event that the bus did not take comes again',
    killedBy: [testsOfBus],
  },
  {
    id: 'refusals-not-on-the-bus',
    file: 'lambdas/announce/bus.ts',
    find: "const endings = [...news.filter(isOf('ended')), ...news.filter(isOf('refused'))];",
    replace: "const endings = [...news.filter(isOf('ended')), ...news.filter(isOf('refused')).slice(1)];",
    breaks: 'every refusal is an outcome event',
    killedBy: [testsOfBus],
  },
  {
    id: 'catch-up-failure-not-told',
    file: catchUp,
    find: '  if (failed.length > 0)\n',
    replace: '  if (failed.length > 1_000)\n',
    breaks: 'a catch-up that could not announce something fails',
    killedBy: [testsOfCatchUp],
  },
  {
    id: 'failed-refusals-counted-as-told',
    file: catchUp,
    find: 'if (failed.length === 0 && (gone > 0 ||',
    replace: 'if (failed.length >= 0 && (gone > 0 ||',
    breaks: 'refusals that could not be told stay with the catch-up',
    killedBy: [testsOfCatchUp],
  },
  {
    id: 'catch-up-of-endings-skipped',
    file: catchUp,
    find: "await parts.trail.list(from, until, ['ended'])",
    replace: "await parts.trail.list(from, until, ['refused'])",
    breaks: 'an ending that the stream did not bring is told by the catch-up',
    killedBy: [testsOfCatchUp],
  },
  {
    id: 'account-of-a-run-told-by-itself',
    file: 'lambdas/announce/news.ts',
    find: 'return runOf(requestId) === null;',
    replace: "return runOf(requestId) === null || requestId !== '';",
    breaks: 'a run speaks for its accounts: thousands of them make one message',
    killedBy: [testsOfNews],
  },
  {
    id: 'ticket-spells-an-account-of-a-run',
    file: 'contract/request-id.ts',
    find: 'const ofRun = /^(.*\\/\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z(?:\\/rehearsal)?)\\/accounts\\/\\d{12}$/;',
    replace: 'const ofRun = /^(.*)\\/accounts\\/\\d{12}$/;',
    breaks: 'no ticket and no target can spell an account of a run and so stay untold',
    killedBy: [{ file: 'test/contract/request-id.test.ts' }],
  },
  {
    id: 'topic-without-subscribers-counted',
    file: 'lambdas/announce/subscriptions.ts',
    find: 'const confirmed = Number(Attributes?.SubscriptionsConfirmed);',
    replace: 'const confirmed = Math.max(1, Number(Attributes?.SubscriptionsConfirmed));',
    breaks: 'a topic that nobody has confirmed is counted as such',
    killedBy: [{ file: 'test/lambdas/announce/subscriptions.test.ts' }],
  },
  {
    id: 'subject-that-sns-refuses',
    file: 'lambdas/announce/subject.ts',
    find: "text.replace(/[^\\x20-\\x7e]/g, '?').slice(0, longest)",
    replace: 'text.slice(0, longest)',
    breaks: 'a message has a subject that SNS takes',
    killedBy: [{ file: 'test/lambdas/announce/subject.test.ts' }],
  },
];
