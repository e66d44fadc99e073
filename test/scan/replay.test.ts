import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadInventory, saveInventory } from '../../src/index.js';
import { render } from '../../src/report/index.js';
import { collectFrom } from '../support/collect-from.js';
import { evaluateInventory } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, prod } from '../support/worlds.js';

const world = joined(anOrganizationWithATrail({ devAccount: { roles: [] } }), anOwnTrail(prod));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test.each(['inventory.json', 'inventory.json.gz'])(
  'a saved inventory gives the same bytes as the live run: %s',
  async (name) => {
    const { inventory } = await collectFrom(world);
    const file = join(aFolder(), name);
    await saveInventory(inventory, file);
    const replayed = await loadInventory(file);
    for (const format of ['json', 'sarif', 'markdown', 'text'] as const) {
      const live = [...render(format, evaluateInventory(inventory))].join('');
      expect([...render(format, evaluateInventory(replayed))].join('')).toBe(live);
      expect(live).toContain(dev);
    }
  },
);

test('the order in which accounts answer changes nothing', async () => {
  const orders = await Promise.all([1, 8].map(async (concurrency) => await collectFrom(world, { concurrency })));
  const [one, many] = orders.map(({ inventory }) =>
    evaluateInventory(inventory).evaluations.map((it) => [it.fingerprint, it.outcome, it.causedBy]),
  );
  expect(many).toEqual(one);
});
