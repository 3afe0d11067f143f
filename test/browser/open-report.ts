import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { reportFiles } from '../../lambdas/organization-run/report/files.ts';
import type { RunReport } from '../../lambdas/organization-run/report/run-report.ts';
import { findChromium } from './chromium.ts';

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly script?: boolean;
  readonly features?: readonly { readonly name: string; readonly value: string }[];
}

/** A report in a browser, and everything that it should not do. */
export interface OpenReport {
  readonly page: Page;
  /** The value of an expression in the page. */
  ask(expression: string): Promise<unknown>;
  /** Requests for anything but the file, errors of the page and what its console said. */
  readonly trouble: readonly string[];
  close(): Promise<void>;
}

export function launch(): Promise<Browser> {
  // No sandbox of its own: containers of build servers run as root, and the page is one that was just written.
  return puppeteer.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** Opens `report.html` from a file; every request but the one for it is refused and remembered. */
export async function openReport(
  browser: Browser,
  report: RunReport,
  { width = 1280, height = 900, script = true, features = [] }: View = {},
): Promise<OpenReport> {
  const folder = mkdtempSync(join(tmpdir(), 'rootdesk-report-'));
  const file = join(folder, 'report.html');
  const html = reportFiles(report).find(({ name }) => name === 'report.html')?.body ?? '';
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;

  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${String(error)}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url() === address) return void request.continue();
    trouble.push(`request: ${request.url()}`);
    void request.abort();
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([...features]);
  await page.goto(address);

  async function close(): Promise<void> {
    await page.close();
    rmSync(folder, { recursive: true });
  }
  return { page, trouble, close, ask: (expression) => page.evaluate(expression) };
}
