import { createHash } from 'node:crypto';
import { accountViews } from '../../../../lambdas/organization-run/report/account-view.ts';
import { reportFiles } from '../../../../lambdas/organization-run/report/files.ts';
import { countByKind } from '../../../../lambdas/organization-run/report/html/chart.ts';
import { escaped, grouped, html } from '../../../../lambdas/organization-run/report/html/html.ts';
import { daysInWords, instantInWords } from '../../../../lambdas/organization-run/report/html/words.ts';
import type { RunReport } from '../../../../lambdas/organization-run/report/run-report.ts';
import {
  deletionReport,
  generatedReport,
  givenCredentials,
  givenKeys,
  givenLeftOut,
  givenReport,
  givenRow,
  hostileReport,
  unread,
} from './given.ts';

const pageOf = (report: RunReport) =>
  reportFiles(report).find(({ name }) => name === 'report.html')?.body ?? '';
const bodyOf = (report: RunReport) => pageOf(report).split('<body>')[1] ?? '';
/** The text of a piece of the page, as a person reads it. */
const textOf = (piece: string) =>
  piece
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('escaping', () => {
  it.each([
    ['</script><script>', '&lt;/script&gt;&lt;script&gt;'],
    [`"'\``, '&quot;&#39;&#96;'],
    ['&lt;', '&amp;lt;'],
    ['a\u2028b\u2029c', 'a[U+2028]b[U+2029]c'],
    ['abc\u202Egnp', 'abc[U+202E]gnp'],
    ['\u200F\u2067\u061C', '[U+200F][U+2067][U+061C]'],
    ['\u0000\t\n\u0085\uFEFF', '[U+0000][U+0009][U+000A][U+0085][U+FEFF]'],
    ['\u{E0041}', '[U+E0041]'],
    ['\uD800', '[U+D800]'],
    ['Grüße 日本 \u{1F469}\u200D\u{1F4BB}', 'Grüße 日本 \u{1F469}\u200D\u{1F4BB}'],
  ])('%j becomes %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  it('is what the tag does with everything but its own pieces', () => {
    expect(html`<p title="${'"'}">${html`<b>${'<'}</b>`}${['&', null, 1234]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;</b>&amp;1,234</p>',
    );
  });

  it('leaves no element, attribute or link of hostile names in the page', () => {
    const body = bodyOf(hostileReport());
    expect(body).not.toMatch(/<(script|img|style)\b/i);
    expect(body).not.toContain('javascript:');
    expect([...body.matchAll(/<[a-z][^>]*>/gi)].filter(([tag]) => /\son\w+=|pwned/.test(tag))).toEqual([]);
    expect([...body.matchAll(/<bdi class="name">/g)].length).toBeGreaterThanOrEqual(11);
  });
});

describe('the page', () => {
  it('asks nothing of anybody, and lets nothing run but its own script and style', () => {
    const page = pageOf(generatedReport(20));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/\ssrc=|@import|url\((?!#)/);
    expect([...page.matchAll(/\shref="([^"]*)"/g)].map(([, address]) => address).filter(isElsewhere)).toEqual(
      ['https://tickets.example.com/SEC-1'],
    );
    function isElsewhere(address = '') {
      return !address.startsWith('#') && address !== 'data:,';
    }
  });

  it('says in its title what ran, when and for which ticket', () => {
    expect(pageOf(generatedReport(1))).toContain(
      '<title>Organization run: Audit of root credentials, 21 November 2026, 06:04 UTC, SEC-1</title>',
    );
  });

  it('holds every account once in its table, most attention first, without any script', () => {
    const table = /<tbody id="rows">([\s\S]*?)<\/tbody>/.exec(pageOf(generatedReport(200)))?.[1] ?? '';
    const classes = [...table.matchAll(/<tr data-class="([^"]*)"/g)].map(([, name]) => name);
    expect(classes).toHaveLength(200);
    expect(new Set([...table.matchAll(/<code class="id">(\d+)</g)].map(([, id]) => id)).size).toBe(200);
    expect(classes.filter((name, index) => name !== classes[index - 1])).toEqual([
      'with-credentials',
      'unknown',
      'failed',
      'left-out',
      'clean',
    ]);
  });

  it('counts the classes as the report does', () => {
    const report = generatedReport(2000);
    const tiles = /<ul class="tiles">([\s\S]*?)<\/ul>/.exec(pageOf(report))?.[1] ?? '';
    expect(textOf(tiles)).toBe(
      'With credentials 400 something is there Unknown 100 not everything could be read Failed 100 the visit did not do what it should Clean 1,300 everything was read, nothing is there Left out 100 not visited',
    );
  });

  it('names twenty accounts at the top and says how many more there are', () => {
    const page = pageOf(generatedReport(2000));
    expect([...page.matchAll(/<li class="card">/g)]).toHaveLength(20);
    expect(page).toContain('580 more accounts in the');
  });

  it('never calls absent what is unknown or was not visited', () => {
    const unknown = givenRow({
      class: 'unknown',
      credentials: givenCredentials({ accessKeys: unread('denied by an SCP') }),
    });
    const [, rows = ''] = /<tbody id="rows">([\s\S]*?)<\/tbody>/.exec(
      pageOf(givenReport([unknown, givenLeftOut()])),
    ) ?? ['', ''];
    const [first = '', second = ''] = rows.split('</tr>').map(textOf);
    expect(first).toBe('payments 111122223333 Unknown unknown denied by an SCP none none none – – –');
    expect(second).toContain('Left out not visited not visited not visited not visited');
  });

  it('tells what became of each credential, and what would', () => {
    const done = textOf(bodyOf(deletionReport(false)));
    expect(done).toContain('2 credentials are gone. Root credentials are in 1 of 4 accounts. 1 failed.');
    expect(done).toContain('gone read back as gone 1 0 1 0 2');
    expect(done).toContain('still there the password AWS said no to iam:DeleteLoginProfile');
    const rehearsed = textOf(bodyOf(deletionReport(true)));
    expect(rehearsed).toContain(
      'Rehearsal: deletion of root credentials 4 credentials would go; nothing was changed.',
    );
    expect(rehearsed).toContain('would go named account by account below 1 0 2 1 4');
    expect(rehearsed).toContain('would go MFA device arn:aws:iam::111122223333:mfa/root');
    expect(rehearsed).toContain('would stay access key AKIAI44QH8DHBEXAMPLE used 3 days ago');
  });

  it('tells what changed, by account', () => {
    const row = givenRow({
      appeared: [{ kind: 'password', id: null }],
      disappeared: [{ kind: 'accessKeys', id: 'AKIA1' }],
    });
    const previous = { requestId: 'before', endedAt: '2026-11-14T06:04:11.000Z' };
    const text = textOf(bodyOf(givenReport([row], { previous })));
    expect(text).toContain('payments 111122223333 + new the password − gone access key AKIA1');
    expect(textOf(bodyOf(givenReport([row])))).toContain('No run before this one');
  });

  it('is a page without any account, too', () => {
    expect(textOf(bodyOf(givenReport([])))).toContain('0 accounts in all');
  });
});

it('counts what is there by kind and age, and where nobody knows', () => {
  const of = (...ages: number[]) =>
    givenRow({
      class: 'with-credentials',
      credentials: givenCredentials({ accessKeys: givenKeys(...ages.map((age) => ({ age }))) }),
    });
  const dateless = givenKeys({});
  const rows = [
    of(0, 89),
    of(90, 364),
    of(365, 1095),
    of(1096),
    givenRow({
      credentials: givenCredentials({
        accessKeys: { ...dateless, items: dateless.items.map((key) => ({ ...key, createdAt: null })) },
      }),
    }),
    givenRow({ class: 'unknown', credentials: givenCredentials({ accessKeys: unread('denied') }) }),
    givenLeftOut(),
  ];
  const counts = countByKind(accountViews(givenReport(rows)));
  expect(counts[0]).toEqual({ kind: 'accessKeys', byBand: [1, 2, 2, 2, 1], total: 8, unknownIn: 1 });
});

describe('words', () => {
  it.each([
    [0, '0 days'],
    [1, '1 day'],
    [729, '729 days'],
    [730, '2.0 years'],
    [1826, '5.0 years'],
  ])('%d days are %s', (days, words) => {
    expect(daysInWords(days)).toBe(words);
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('%d is %s', (value, words) => {
    expect(grouped(value)).toBe(words);
  });

  it('say an instant in UTC', () => {
    expect(instantInWords('2026-01-02T03:04:05.678Z')).toBe('2 January 2026, 03:04 UTC');
  });
});
