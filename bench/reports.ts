// npm run bench:reports: every report of an organization with 25,000 evaluations, 5,000 of them findings; then the HTML
// report in Chromium, where it is installed: how long until it can be used, and how long a filter takes.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { formatNames, render } from '../src/report/index.js';
import type { Evaluation, Outcome, Results } from '../src/model/results.js';
import { aPolicy, aResults, anAccountTarget, anEvaluation, anEvidence } from '../test/support/results-builders.js';

const count = 25_000;
const policies = Array.from({ length: 25 }, (_, at) =>
  aPolicy({
    id: `policy-${at}`,
    title: `Policy number ${at}`,
    target: 'account',
    controls: [{ framework: 'cis-3.0', id: `3.${at}` }],
  }),
);
const message =
  'Account payments does not record every write management event: nothing records ScheduleKeyDeletion in any Region. What was changed there cannot be found out later. Record all write events in all Regions.';

const evaluations = Array.from({ length: count }, (_, at): Evaluation => {
  const id = String(100_000_000_000 + Math.floor(at / policies.length));
  const outcome: Outcome = at % 5 === 0 ? 'NON_COMPLIANT' : 'COMPLIANT';
  const target = anAccountTarget(id, `account-${id.slice(-4)}`);
  const reasons = [
    { assert: 'writes', message, because: [{ expr: 'account.coverage.management.write', value: 'partial' }] },
  ];
  return anEvaluation({
    policyId: `policy-${at % policies.length}`,
    outcome,
    target,
    message,
    reasons,
    evidence: [`e${id}`],
  });
});
const ids = [...new Set(evaluations.map((it) => it.target.accountId))];
const results: Results = {
  ...aResults({
    policies,
    evaluations,
    evidence: ids.map((id) => ({ ...anEvidence({ accountId: id }), id: `e${id}` })),
  }),
  accounts: ids.map((id, at) => ({ id, name: `account-${id.slice(-4)}`, path: ['Root', `Team ${at % 20}`] })),
};

let total = 0;
let ofProcessor = 0;
let page = '';
for (const format of formatNames) {
  const before = performance.now();
  const cpu = process.cpuUsage();
  let bytes = 0;
  const chunks: string[] = [];
  for (const chunk of render(format, results)) {
    bytes += chunk.length;
    if (format === 'html') chunks.push(chunk);
  }
  if (format === 'html') page = chunks.join('');
  const took = performance.now() - before;
  const { user, system } = process.cpuUsage(cpu);
  total += took;
  ofProcessor += user + system;
  console.log(
    `${format.padEnd(14)} ${(took / 1000).toFixed(2).padStart(6)} s, ${((user + system) / 1e6).toFixed(2).padStart(5)} s of the processor ${(bytes / 1e6).toFixed(1).padStart(7)} MB`,
  );
}
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${'all'.padEnd(14)} ${(total / 1000).toFixed(2).padStart(6)} s, ${(ofProcessor / 1e6).toFixed(2).padStart(5)} s of the processor, at most ${peak.toFixed(0)} MB of memory`,
);

const executablePath = '/usr/bin/chromium';
if (existsSync(executablePath)) await inBrowser();

async function inBrowser(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, page);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage();
    const before = performance.now();
    await tab.goto(pathToFileURL(file).href);
    await tab.locator('#shown', { hasText: 'findings' }).waitFor();
    console.log(`opens in Chromium in ${((performance.now() - before) / 1000).toFixed(2)} s`);
    for (const words of ['account-0500', 'write management', 'policy-7 compliant', '']) {
      const took = await tab.evaluate(`(() => {
        document.getElementById('show').value = '';
        document.getElementById('search').value = ${JSON.stringify(words)};
        const before = performance.now();
        document.getElementById('filters').dispatchEvent(new Event('input'));
        document.body.offsetHeight;
        return performance.now() - before;
      })()`);
      console.log(
        `${JSON.stringify(words).padEnd(22)} ${Number(took).toFixed(0).padStart(4)} ms, ${await tab.textContent('#shown')}`,
      );
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
