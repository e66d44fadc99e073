import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileOrganization, organizationWithFindings } from '../golden/scenarios.js';
import { historyHtml, render, type ReportOptions } from '../../src/report/index.js';
import type { Results } from '../../src/model/results.js';
import type { Verification } from '../../src/model/verification.js';
import { aHistory, unseen } from '../support/history-builders.js';
import { aVerification } from '../support/results-builders.js';
import { edit, nth, remove } from '../support/signed-bucket/tamper.js';
import { SignedWorld, verifyWorld } from '../support/signed-bucket/world.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const someHistory = aHistory(
  [
    ['01T00', 'COMPLIANT'],
    ['02T06', 'NON_COMPLIANT'],
    ['03T06', 'COMPLIANT'],
    ['04T00', 'INSUFFICIENT_DATA', unseen],
    ['05T06', 'NON_COMPLIANT'],
  ],
  [
    ['01T00', 'NON_COMPLIANT'],
    ['04T00', 'INSUFFICIENT_DATA', unseen],
    ['05T06', 'NON_COMPLIANT', { waived: true }],
  ],
);

async function someVerification(): Promise<Verification> {
  const world = new SignedWorld();
  const { digests, logFiles } = world.sixHours();
  edit(world, nth(logFiles, 10), (it) => `${it} `);
  remove(world, nth(digests, 5));
  return aVerification(await verifyWorld(world));
}

/** The part of axe's answer that is read here. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(executablePath === undefined)('the HTML report in Chromium', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailproof-html-'));
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The report opened from disk, with what it wrote to the console, and what it asked the network for. */
  async function opened(
    results: Results,
    options: BrowserContextOptions = {},
    report: ReportOptions = {},
  ): Promise<{ page: Page; said: string[] }> {
    const file = join(folder, 'report.html');
    await writeFile(file, [...render('html', results, report)].join(''));
    return await openedFile(file, options);
  }

  async function openedFile(file: string, options: BrowserContextOptions): Promise<{ page: Page; said: string[] }> {
    const page = await (await browser.newContext(options)).newPage();
    const said: string[] = [];
    page.on('console', (it) => said.push(it.text()));
    page.on('pageerror', (it) => said.push(it.message));
    page.on('request', (it) => {
      if (!it.url().startsWith('file:')) said.push(it.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, said };
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true;");
    await page.addScriptTag({ content: axe.source });
    // axe puts itself there.
    const found = (await page.evaluate('axe.run(document).then((it) => it.violations)')) as Violation[];
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  test.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 390, height: 844 } }],
  ])('%s: axe finds nothing', async (_name, options) => {
    const report = { history: someHistory, verifications: [await someVerification()] };
    const { page, said } = await opened(organizationWithFindings(), { bypassCSP: true, ...options }, report);
    // What is wider than a phone scrolls by itself: the page does not.
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('#timeline svg.chart').count()).toBe(1);
    expect(await page.locator('#integrity').textContent()).toContain('TAMPERED');
    expect(said).toEqual([]);
  });

  test('a history by itself: axe finds nothing, its picture fits, and its colors are those of the mode', async () => {
    const file = join(folder, 'history.html');
    await writeFile(file, [...historyHtml(someHistory)].join(''));
    const { page, said } = await openedFile(file, { bypassCSP: true, colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    const [dark, light] = [await colorOf(page), await colorOf((await openedFile(file, { colorScheme: 'light' })).page)];
    expect(dark).not.toBe(light);
    expect(said).toEqual([]);
  });

  /** That the page's style gives to what was opened. */
  async function colorOf(page: Page): Promise<unknown> {
    return await page.evaluate("getComputedStyle(document.querySelector('svg.chart rect.opened')).fill");
  }

  test('search and filters show what they say, under the policy of the page', async () => {
    const { page, said } = await opened(organizationWithFindings());
    const shown = () => page.locator('#shown').textContent();
    const entries = page.locator('#entries details.entry');
    const all = await entries.count();
    expect(await shown()).toBe(`${all} findings`);
    await page.selectOption('#show', '');
    expect(await entries.count()).toBeGreaterThan(all);
    await page.fill('#search', 'acme-cloudtrail-logs');
    expect(await entries.count()).toBeGreaterThan(0);
    for (const text of await entries.allTextContents()) expect(text).toContain('acme-cloudtrail-logs');
    await page.fill('#search', 'there is no such thing');
    expect(await shown()).toBe('Nothing matches.');
    await page.click('#filters button[type=reset]');
    await page.locator('#shown', { hasText: `${all} findings` }).waitFor();
    expect(said).toEqual([]);
  });

  test('works by keyboard: a finding opens, and its policy is reached', async () => {
    const { page } = await opened(organizationWithFindings());
    await page.locator('#entries summary').first().focus();
    await page.keyboard.press('Enter');
    const first = page.locator('#entries details.entry').first();
    expect(await first.getAttribute('open')).not.toBeNull();
    await first.locator('a', { hasText: 'Commands and templates' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#policy-/);
    await page.locator(`details.policy[open][id="${new URL(page.url()).hash.slice(1)}"]`).waitFor();
  });

  test('hostile names do nothing', async () => {
    const texts = ['</script><script>alert(1)</script>', '<img src=https://example.com/x onerror=alert(1)>', '{{1}}'];
    const { page, said } = await opened(hostileOrganization(texts));
    await page.selectOption('#show', '');
    await page.selectOption('#group', 'account');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#entries details.entry').count()).toBeGreaterThan(0);
    expect(said).toEqual([]);
  });

  test('without JavaScript the findings are there', async () => {
    const { page } = await opened(organizationWithFindings(), { javaScriptEnabled: false });
    expect(await page.locator('#entries details.entry').count()).toBeGreaterThan(0);
    expect(await page.locator('noscript').textContent()).toContain('need JavaScript');
  });

  test('prints every finding open', async () => {
    const { page } = await opened(organizationWithFindings());
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('#entries details.entry:not([open])').count()).toBe(0);
  });

  test('on paper nothing is cut off, and a screen in dark mode leaves no pale text on it', async () => {
    // As wide as A4.
    const options = { bypassCSP: true, colorScheme: 'dark', viewport: { width: 794, height: 1123 } } as const;
    const report = { history: someHistory, verifications: [await someVerification()] };
    const { page } = await opened(organizationWithFindings(), options, report);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    const tooWide =
      "[...document.querySelectorAll('table,pre,svg')].filter((it) => it.getBoundingClientRect().right > innerWidth)";
    expect(await page.evaluate(`${tooWide}.map((it) => it.outerHTML.slice(0, 200))`)).toEqual([]);
  });
});
