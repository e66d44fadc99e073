// Fills in what the pages show of the program itself: in README.md what is checked, in docs/writing-policies.md what
// the checker says of a policy with mistakes. Part of npm run generate.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** In the order of the table; a new kind of target needs its words here. */
const targets = {
  organization: 'the organization',
  account: 'each account',
  trail: 'each trail',
  'event-data-store': 'each event data store',
  'log-bucket': 'each bucket that holds logs',
  'kms-key': 'each KMS key that encrypts them',
  'log-group': 'each log group that trails send to',
  topic: 'each SNS topic that trails notify',
  vpc: 'each VPC',
  distribution: 'each CloudFront distribution',
  'load-balancer': 'each load balancer',
  'other-log-bucket': 'each bucket that these log to',
  'event-bus': 'Event bus of each Region',
  'security-hub': 'Security Hub in each Region',
  'config-recorder': 'the AWS Config recorder of each Region',
};

update('README.md', 'checks', checks());
update('docs/writing-policies.md', 'diagnostics', ['```text', diagnostics(), '```'].join('\n'));

function update(file, name, content) {
  const page = readFileSync(file, 'utf8');
  const block = new RegExp(`(<!-- ${name} -->\n\n)[\\s\\S]*?\n*(<!-- /${name} -->)`);
  if (!block.test(page)) throw new Error(`${file} has no block for ${name}`);
  const filled = page.replace(block, (_, start, end) => `${start}${content}\n\n${end}`);
  writeFileSync(file, filled);
}

/** One row for each kind of target, with its policies and their pages. */
function checks() {
  const policies = readdirSync('policies', { withFileTypes: true })
    .filter((it) => it.isDirectory() && it.name !== 'packs')
    .map(({ name }) => parse(readFileSync(join('policies', name, 'policy.yaml'), 'utf8')));
  const unknown = policies.find(({ target }) => targets[target] === undefined);
  if (unknown !== undefined) throw new Error(`scripts/readme.mjs has no words for the target ${unknown.target}`);
  const rows = Object.entries(targets).flatMap(([target, words]) => {
    const ofTarget = policies.filter((it) => it.target === target && it.activity === undefined);
    return ofTarget.length === 0 ? [] : [[words, linksTo(ofTarget)]];
  });
  const ofEvents = policies.filter((it) => it.activity !== undefined);
  const all = [['checked', 'policies'], ...rows, ['the events in the logs (`trailproof activity`)', linksTo(ofEvents)]];
  const widths = [0, 1].map((at) => Math.max(...all.map((row) => row[at].length)));
  const line = (row) => `| ${row.map((text, at) => text.padEnd(widths[at])).join(' | ')} |`;
  return [line(all[0]), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...all.slice(1).map(line)].join(
    '\n',
  );
}

/** The worst of a kind by name, and how many more: all of them are in the index. */
function linksTo(policies) {
  const worstFirst = policies.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1));
  const named = worstFirst.slice(0, policies.length > 4 ? 3 : 4).map(({ id }) => `[${id}](docs/policies/${id}.md)`);
  const more = policies.length - named.length;
  return [...named, ...(more === 0 ? [] : [`[${more} more](docs/policies/README.md)`])].join(', ');
}

function rankOf({ severity }) {
  return ['critical', 'high', 'medium', 'low', 'informational'].indexOf(severity);
}

function diagnostics() {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-readme-'));
  try {
    writeFileSync(join(folder, 'trail-validates.yaml'), brokenPolicy());
    const args = [resolve('dist/cli/main.js'), 'policies', 'lint', 'trail-validates.yaml'];
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } };
    return spawnSync(process.execPath, args, options).stderr.split('\n\n')[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function brokenPolicy() {
  return `version: 1
id: trail-validates
title: The trail validates its log files
severity: medium
description: Log file validation is on.
rationale: A changed log would go unnoticed.
remediation: { text: Turn on log file validation. }
target: trail
assert:
  - id: validation
    expr: trail.logFileValidation && trail.kmsKeyId.startsWith('arn:aws:kms:')
    message: Trail \${trail.arn} does not validate its log files.
`;
}
