import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveInventory } from '../../src/storage/index.js';
import { aFolder } from '../cli/run-cli.js';
import { counted } from '../../src/text/plural.js';
import { anInventory, aTrail, MEMBER } from '../support/inventory-builders.js';
import { runAction, type ActionRun } from './run-action.js';
import { obeyedCommands } from './runner-commands.js';

/** A run on a member's trails, as many, each of which is one finding. */
async function runOn(trails: number): Promise<ActionRun> {
  const workspace = aFolder();
  const description = { logFileValidationEnabled: false };
  const own = Array.from({ length: trails }, (_, index) =>
    aTrail({ name: `own-${index}`, accountId: MEMBER, description }),
  );
  await saveInventory(anInventory({ trails: [aTrail(), ...own] }), join(workspace, 'inventory.json'));
  const pack = ['version: 1', 'id: one', 'title: One', 'policies: [trail-validates-log-files]', ''].join('\n');
  writeFileSync(join(workspace, 'one.yaml'), pack);
  return await runAction({ source: 'inventory.json', pack: './one.yaml' }, { workspace });
}

test.each([
  [5_000, 5_000],
  [5_001, 1],
  [25_001, 1],
])(
  '%i findings: for upload as %i alerts; the summary names the worst, and annotations are few',
  async (count, alerts) => {
    const { status, outputs, summary, log, workspace } = await runOn(count);
    expect(status).toBe(0);
    expect(outputs).toMatchObject({ status: 'fail', 'findings-total': `${count}`, 'sarif-uploadable': 'true' });
    const sarif = JSON.parse(readFileSync(join(workspace, outputs['sarif-file'] ?? ''), 'utf8')) as {
      runs: [{ results: unknown[] }];
    };
    expect(sarif.runs[0].results).toHaveLength(alerts);
    const isTold = count > 5_000;
    const told = `GitHub keeps 5000 alerts of a scan: ${counted(count, 'finding')}`;
    expect(log.includes(told)).toBe(isTold);
    expect(/^::warning title=Not every finding is an alert of its own::/m.test(log)).toBe(isTold);
    expect(summary.startsWith(`> ${told}`)).toBe(isTold);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(800_000);
    const shown = summary.match(/^- \*\*low\*\*/gm)?.length ?? 0;
    expect(summary.includes(`**${count - shown} more findings** not shown here.`)).toBe(count > shown);
    expect(obeyedCommands(log).length).toBeLessThanOrEqual(10);
  },
);
