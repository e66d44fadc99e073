import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicies } from '../../src/index.js';
import { formatDiagnostics, type EffectivePolicy } from '../../src/policy/index.js';

/** The shipped policies as a pack makes them; its text begins in line 4. */
export function packsOf(rest: string): readonly EffectivePolicy[] {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-pack-'));
  try {
    const file = join(folder, 'test.yaml');
    writeFileSync(file, `version: 1\nid: test\ntitle: Test\n${rest}`);
    const { policies, diagnostics, sources } = loadPolicies({ packs: [file] });
    if (diagnostics.length > 0) throw new Error(formatDiagnostics(diagnostics, (name) => sources.get(name)));
    return policies;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
