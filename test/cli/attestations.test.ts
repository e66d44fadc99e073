import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { aFolder, runCli } from './run-cli.js';

const attestation = (expires: string, control = '4.3'): string => `version: 1
attestations:
  - id: SIEM-1
    controls:
      cis-3.0: ['${control}']
    statement: The SIEM notifies the on-call team of root use.
    owner: soc@example.com
    expires: ${expires}
`;

async function scan(text: string) {
  const folder = aFolder();
  writeFileSync(join(folder, 'a.yaml'), text);
  const args = [
    '--pack',
    'cis-3.0',
    '--format',
    'json,framework,framework-text',
    '--output',
    'out',
    '--fail-on',
    'none',
  ];
  const ran = await runCli(['scan', '--sample', '--allow-incomplete', '--attestations', 'a.yaml', ...args], {
    cwd: folder,
  });
  const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
  return { ...ran, read, results: () => JSON.parse(read('results.json')) as Results };
}

test('scan --attestations: the report of the framework shows who attests what, and no verdict of a policy changes', async () => {
  const { status, stdout, stderr, read, results } = await scan(attestation('2027-01-31'));
  expect(status).toBe(0);
  expect(stderr).not.toContain('warning: the attestation');
  expect(results().attestations).toMatchObject([{ id: 'SIEM-1', owner: 'soc@example.com', isExpired: false }]);
  const failing = results().evaluations.filter((it) => it.policyId === 'alarms-on-root-usage');
  expect(failing.map((it) => it.outcome)).toContain('NON_COMPLIANT');
  expect(/^\| 4\.3 .*$/m.exec(read('framework.md'))?.[0]).toContain('**attested**');
  expect(stdout).toMatch(/^ {2}attested {2,}4\.3 /m);
});

test('one that has ended is told, and counts no more', async () => {
  const { status, stderr, read } = await scan(attestation('2026-01-31'));
  expect(status).toBe(0);
  expect(stderr).toContain('warning: the attestation SIEM-1 of soc@example.com ended on 2026-01-31');
  expect(/^\| 4\.3 .*$/m.exec(read('framework.md'))?.[0]).toContain('**fail**');
});

test('a framework that nothing serves is told', async () => {
  const { status, stderr } = await scan(attestation('2027-01-31').replace('cis-3.0', 'our-own'));
  expect(status).toBe(0);
  expect(stderr).toContain('the attestation SIEM-1 names framework our-own, which no policy of this run serves');
});

test('a control that is not in the catalogue: nothing is scanned', async () => {
  const { status, stderr } = await scan(attestation('2027-01-31', '4.33'));
  expect(status).toBe(2);
  expect(stderr).toContain("the framework cis-3.0 has no control '4.33'");
});
