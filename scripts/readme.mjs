// Puts the real output of the sample scan, and of a policy with mistakes, into README.md. Part of npm run generate.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve('dist/lib/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'trailproof-readme-'));
try {
  const sample = run(['scan', '--sample', '--format', 'text', '--fail-on', 'none', '--allow-incomplete']).stdout;
  writeFileSync(join(folder, 'trail-validates.yaml'), brokenPolicy());
  const broken = run(['policies', 'lint', '--policies', '.']).stderr.split('\n\n')[0];
  const readme = readFileSync('README.md', 'utf8');
  writeFileSync('README.md', fill(fill(readme, 'sample', excerpt(sample)), 'diagnostics', broken));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(args) {
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', env });
}

/** The head, the first two groups of findings, and the end. */
function excerpt(text) {
  const parts = text.trim().split(/\n\n/);
  const findings = parts.findIndex((part) => part.startsWith('Findings'));
  const notRead = parts.findIndex((part) => part.startsWith('Not read'));
  return [...parts.slice(0, findings + 3), '  …', ...parts.slice(notRead)].join('\n\n');
}

function fill(readme, name, text) {
  const block = new RegExp(`(<!-- ${name} -->\n+\`\`\`text\n)[\\s\\S]*?(\n\`\`\`)`);
  if (!block.test(readme)) throw new Error(`README.md has no block for ${name}`);
  return readme.replace(block, (_, start, end) => `${start}${text.replaceAll('```', "'''").trimEnd()}${end}`);
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
