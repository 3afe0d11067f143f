import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, SerializedAXNode } from 'puppeteer-core';
import { organizationAudit } from '../../examples/reports/organization-audit.ts';
import type { RunReport } from '../../lambdas/organization-run/report/run-report.ts';
import {
  deletionReport,
  generatedReport,
  hostileNames,
  hostileReport,
} from '../lambdas/organization-run/report/given.ts';
import { launch, type OpenReport, openReport, type View } from './open-report.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

let opened: OpenReport[] = [];
afterEach(async () => {
  const all = opened;
  opened = [];
  for (const report of all) await report.close();
  assert.deepEqual(
    all.flatMap(({ trouble }) => trouble),
    [],
    'the page asked for something, or complained',
  );
});

async function open(report: RunReport, view?: View): Promise<OpenReport> {
  const inBrowser = await openReport(browser, report, view);
  opened.push(inBrowser);
  return inBrowser;
}

const count = "document.getElementById('count').textContent";
const visibleRows = "document.getElementById('rows').rows.length";
const firstName = "document.querySelector('#rows .name').textContent";
const display = (selector: string) => `getComputedStyle(document.querySelector('${selector}')).display`;
const heading = (title: string) => `th ::-p-text(${title})`;
const fitsItsWidth = 'document.documentElement.scrollWidth <= window.innerWidth';

describe('the report of two thousand accounts', () => {
  it('shows a hundred, most attention first, and more when asked', async () => {
    const { page, ask } = await open(generatedReport(2000));
    assert.equal(await ask(visibleRows), 100);
    assert.equal(await ask(count), 'Showing 100 of 2,000 accounts, most attention first.');
    await page.click('#show-more');
    assert.equal(await ask(visibleRows), 200);
    assert.equal(await ask('document.activeElement === document.getElementById("rows").rows[100]'), true);
  });

  it('filters by text, class and kind, and counts what it shows', async () => {
    const { page, ask } = await open(generatedReport(2000));
    await page.type('#filter-text', 'team-3-PRODUCTION-3');
    assert.equal(await ask(count), '1 matching, of 2,000 accounts, most attention first.');
    assert.equal(await ask(firstName), 'team-3-production-3');
    await page.click('#reset');
    assert.equal(await ask(visibleRows), 100);
    await page.select('#filter-class', 'unknown');
    assert.equal(await ask(count), '100 matching, of 2,000 accounts, most attention first.');
    assert.equal(
      await ask("[...document.querySelectorAll('#rows tr')].every((row) => row.dataset.class === 'unknown')"),
      true,
    );
    await page.click('#reset');
    await page.select('#filter-has', 'mfaDevices');
    assert.match(String(await ask(count)), /^100 matching/);
    await page.click('#reset');
    await page.select('#filter-changed', 'appeared');
    assert.match(String(await ask(count)), /^10 matching/);
    await page.type('#filter-text', 'nobody is called this');
    assert.equal(await ask(count), '0 matching, of 2,000 accounts, most attention first.');
    assert.equal(await ask(visibleRows), 0);
  });

  it('finds what stands in a row beside its name: a key, a reason', async () => {
    const { page, ask } = await open(generatedReport(2000));
    await page.type('#filter-text', 'akiaxxxxxxxxxxxxxx43');
    assert.match(String(await ask(count)), /^1 matching/);
    await page.click('#reset');
    await page.type('#filter-text', 'SCP denies');
    assert.match(String(await ask(count)), /^100 matching/);
  });

  it('filters by the class of a total that is pressed', async () => {
    const { page, ask } = await open(generatedReport(2000));
    await page.click('a.tile[data-class="failed"]');
    assert.match(String(await ask(count)), /^100 matching/);
    assert.equal(await ask("document.getElementById('filter-class').value"), 'failed');
  });

  it('sorts by every column, both ways, and back to attention', async () => {
    const { page, ask } = await open(generatedReport(2000));
    const sorted = "document.querySelector('th[aria-sort]')?.getAttribute('aria-sort') ?? null";
    await page.click(heading('Account'));
    assert.deepEqual([await ask(firstName), await ask(sorted)], ['team-0-production-0', 'ascending']);
    await page.click(heading('Account'));
    assert.deepEqual([await ask(firstName), await ask(sorted)], ['team-96-staging-1939', 'descending']);
    await page.click(heading('Account'));
    assert.deepEqual([await ask(sorted), await ask(firstName)], [null, 'team-3-production-3']);
    const titles = ['Class', 'Access keys', 'Signing', 'Password', 'MFA', 'Oldest', 'Last used', 'Notes'];
    for (const title of titles) {
      await page.click(heading(title));
      assert.notEqual(await ask(sorted), null, title);
    }
    await page.click(heading('Oldest'));
    const ages = "[...document.querySelectorAll('#rows tr')].map((row) => row.cells[6].dataset.sort)";
    const days = ((await ask(ages)) as string[]).map(Number);
    assert.deepEqual(
      days,
      days.toSorted((one, other) => other - one),
    );
    assert.ok(days.every((age) => age > 0));
  });

  it('is used by keyboard alone', async () => {
    const { page, ask } = await open(generatedReport(2000));
    await page.focus('#filter-text');
    await page.keyboard.type('sandbox');
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Tab');
    assert.equal(await ask('document.activeElement.textContent'), 'Account');
    await page.keyboard.press('Enter');
    assert.match(
      String(await ask(count)),
      /^Showing 100 of \d+ matching, of 2,000 accounts, by account, asc/,
    );
  });

  it('keeps its headings in sight', async () => {
    const { ask } = await open(generatedReport(2000));
    await ask("document.documentElement.style.scrollBehavior = 'auto'");
    await ask("document.getElementById('rows').rows[60].scrollIntoView()");
    assert.equal(await ask("document.querySelector('.accounts thead th').getBoundingClientRect().top"), 0);
  });
});

describe('hostile names', () => {
  it('show as text and do nothing', async () => {
    const { ask } = await open(hostileReport());
    assert.equal(await ask('window.pwned'), undefined);
    const names = (await ask(
      "[...document.querySelectorAll('#rows .name')].map((name) => name.textContent)",
    )) as string[];
    assert.equal(names.length, hostileNames.length);
    const plain = hostileNames.filter((name) => /^[\x20-\x7E]*$/.test(name));
    assert.deepEqual(
      plain.filter((name) => !names.includes(name)),
      [],
    );
    assert.ok(names.includes('abc[U+202E]gnp.exe'));
    assert.equal(await ask("document.querySelectorAll('img, iframe, main script, main style').length"), 0);
    assert.equal(await ask('document.querySelectorAll(\'a[href^="javascript" i]\').length'), 0);
  });

  it('could not run even if one got in, nor call anybody', async () => {
    const { ask, trouble } = await openReport(browser, hostileReport());
    await ask(`(() => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="https://example.com/x.png" onerror="window.pwned = 1">');
      return fetch('https://example.com/').then(() => 'answered', () => 'refused');
    })()`);
    assert.equal(await ask('window.pwned'), undefined);
    assert.ok(trouble.length >= 3);
    assert.deepEqual(
      trouble.filter((line) => !/^console: .*Content Security Policy/.test(line)),
      [],
    );
  });
});

describe('a phone of 360 pixels', () => {
  for (const [name, report] of [
    ['the example', organizationAudit],
    ['hostile names', hostileReport()],
    ['a deletion', deletionReport(false)],
    ['ten thousand accounts', generatedReport(10_000)],
  ] as const) {
    it(`scrolls in one direction only: ${name}`, async () => {
      const { ask } = await open(report, { width: 360, height: 800 });
      assert.equal(await ask(fitsItsWidth), true);
    });
  }

  it('sorts and filters as well', async () => {
    const { page, ask } = await open(organizationAudit, { width: 360, height: 800 });
    await page.click(heading('Account'));
    assert.equal(await ask(firstName), 'backup-vault');
    await page.type('#filter-text', 'SUSPENDED');
    assert.equal(await ask(firstName), 'old-acquisition');
    assert.equal(await ask(fitsItsWidth), true);
  });
});

describe('without a script', () => {
  it('the whole table can be read, and nothing is there that would do nothing', async () => {
    const { ask } = await open(generatedReport(2000), { script: false });
    assert.equal(await ask(visibleRows), 2000);
    assert.equal(await ask(display('#rows')), 'table-row-group');
    assert.equal(await ask(display('#controls')), 'none');
    assert.equal(await ask(display('#paging')), 'none');
    assert.equal(await ask("document.querySelectorAll('th button').length"), 0);
    assert.equal(await ask(count), '2,000 accounts, most attention first.');
  });
});

describe('on paper', () => {
  it('no control is left, every account that matches is there, and rows stay whole below repeated headings', async () => {
    const { page, ask } = await open(generatedReport(2000));
    await page.select('#filter-class', 'with-credentials');
    assert.equal(await ask(visibleRows), 100);
    await page.emulateMediaType('print');
    await page.waitForFunction(`${visibleRows} === 400`);
    assert.equal(await ask(display('#controls')), 'none');
    assert.equal(await ask(display('#paging')), 'none');
    assert.equal(await ask(display('.accounts thead')), 'table-header-group');
    assert.equal(await ask("getComputedStyle(document.querySelector('#rows tr')).breakInside"), 'avoid');
    assert.equal(await ask(count), '400 matching, of 2,000 accounts, most attention first.');
    await page.emulateMediaType('screen');
    await page.waitForFunction(`${visibleRows} === 100`);
  });

  it('is black on white in a dark room, too', async () => {
    const dark = [{ name: 'prefers-color-scheme', value: 'dark' }];
    const { page, ask } = await open(organizationAudit, { features: dark });
    const colours =
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]';
    assert.deepEqual(await ask(colours), ['rgb(232, 230, 225)', 'rgb(20, 23, 26)']);
    await page.emulateMediaType('print');
    assert.deepEqual(await ask(colours), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000);
  });
});

describe('whoever', () => {
  const motion = `(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return [style('html').scrollBehavior, style('.tile').transitionDuration, style('button').transitionDuration];
  })()`;

  it('wants no motion gets none', async () => {
    const still = [{ name: 'prefers-reduced-motion', value: 'reduce' }];
    const { ask } = await open(organizationAudit, { features: still });
    assert.deepEqual(await ask(motion), ['auto', '0s', '0s']);
    const moving = await open(organizationAudit, {
      features: [{ name: 'prefers-reduced-motion', value: 'no-preference' }],
    });
    assert.deepEqual(await moving.ask(motion), ['smooth', '0.12s', '0.12s']);
  });

  for (const value of ['light', 'dark']) {
    it(`reads in a ${value} room has contrast enough: 4.5 to 1 for every text`, async () => {
      const features = [{ name: 'prefers-color-scheme', value }];
      const { ask } = await open(organizationAudit, { features });
      assert.deepEqual(await ask(tooFaint), []);
    });
  }

  it('hears the page finds every part by a name', async () => {
    const { page, ask } = await open(organizationAudit);
    const heard = named(await page.accessibility.snapshot({ interestingOnly: false }));
    const parts = [
      'image: Credentials by kind and age',
      'searchbox: Find',
      'combobox: Class',
      'combobox: Credential',
      'combobox: Change',
      'region: Needs attention first',
      'region: All accounts',
    ];
    assert.deepEqual(
      parts.filter((part) => !heard.includes(part)),
      [],
    );
    assert.equal(
      await ask(
        "[...document.querySelectorAll('table')].every((table) => table.tHead && table.querySelector('tbody th[scope=row]'))",
      ),
      true,
    );
  });
});

/** Every part of a page as whoever does not see it is told of it: its role and its name. */
function named(part: SerializedAXNode | null): string[] {
  if (part === null) return [];
  return [`${part.role}: ${part.name ?? ''}`, ...(part.children ?? []).flatMap(named)];
}

/** Texts whose contrast against what is behind them is below 4.5 to 1. Source: WCAG 2.2, relative luminance. */
const tooFaint = `(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) =>
    [red, green, blue]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *:not(title, desc)')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''),
  );
  return texts.flatMap((element) => {
    const style = getComputedStyle(element);
    const front = luminance(numbers(element.closest('svg') ? style.fill : style.color));
    const back = luminance(behind(element));
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    return contrast < 4.5 ? [element.textContent.slice(0, 40) + ' ' + contrast.toFixed(2)] : [];
  });
})()`;
