import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { frameworks } from '../../src/model/frameworks.js';
import { runCli } from '../cli/run-cli.js';
import { buildCisOrganization, type SoundAccount } from './build-cis-organization.js';
import { deviations } from './cis-deviations.js';
import { startCompletedMoto } from './completed-moto.js';
import { startMoto } from './moto.js';
import { environmentFor } from './with-moto-organization.js';

/** Delivery, credit for organization trails and event data stores are for the fake AWS: moto has none of them. */
const controls = frameworks.find((it) => it.id === 'cis-3.0')?.controls ?? [];
const decided = controls.filter((it) => it.manual === undefined).map((it) => it.id);

describe('an organization that meets CIS 3.0, in moto', () => {
  const closing: (() => Promise<void>)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-moto-'));
  let environment: Readonly<Record<string, string>> = {};
  let member: SoundAccount | undefined;
  let missing: string | undefined;

  beforeAll(async () => {
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    const moto = await startMoto();
    if ('missing' in moto) {
      missing = `moto cannot run: ${moto.missing}`;
      if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
      return;
    }
    closing.push(moto.stop);
    const completed = await startCompletedMoto(moto.endpoint);
    closing.push(completed.stop);
    environment = environmentFor(completed.endpoint);
    member = await buildCisOrganization(moto.endpoint, completed.regions);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all(closing.map((close) => close()));
    rmSync(folder, { recursive: true });
  });

  beforeEach((context) => {
    if (member === undefined) context.skip(missing ?? 'moto did not start.');
  });

  /** The verdicts of all controls, and the exit code. */
  async function scan(): Promise<{
    readonly status: number | null;
    readonly verdicts: Readonly<Record<string, string>>;
  }> {
    const args = ['scan', '--pack', 'cis-3.0', '--format', 'framework-json', '--quiet'];
    const { status } = await runCli(args, { cwd: folder, environment });
    const report = JSON.parse(readFileSync(join(folder, 'reports/framework.json'), 'utf8')) as {
      readonly frameworks: readonly {
        readonly controls: readonly { readonly id: string; readonly verdict: string }[];
      }[];
    };
    const rows = report.frameworks.flatMap((it) => it.controls);
    return { status, verdicts: Object.fromEntries(rows.map((it) => [it.id, it.verdict])) };
  }

  const passing = Object.fromEntries(
    controls.map((it) => [it.id, it.manual === undefined ? 'COMPLIANT' : 'MANUAL'] as const),
  );

  test('passes every control that is decided', async () => {
    expect(await scan()).toEqual({ status: 0, verdicts: passing });
  });

  test('there is a deviation of each control', () => {
    expect(deviations.map((it) => it.control)).toEqual(decided);
  });

  test.each(deviations)('$control fails alone: $what', async ({ control, make, undo }) => {
    if (member === undefined) throw new Error('There is no member.');
    await make(member);
    const found = await scan();
    await undo(member);
    expect(found).toEqual({ status: 1, verdicts: { ...passing, [control]: 'NON_COMPLIANT' } });
  });

  test('passes again once all is undone', async () => {
    expect(await scan()).toEqual({ status: 0, verdicts: passing });
  });
});
