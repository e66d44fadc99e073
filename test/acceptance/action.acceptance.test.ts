import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, type TestContext } from 'vitest';
import type { Results } from '../../src/index.js';
import { startFakeGitHub } from '../action/fake-github.js';
import { bundle, runAction, type ActionRun } from '../action/run-action.js';
import { aFolder, runCli } from '../cli/run-cli.js';
import { prepareNode24 } from './node-24.js';
import { withMotoOrganization } from './with-moto-organization.js';

let prepared: Awaited<ReturnType<typeof prepareNode24>>;
beforeAll(async () => {
  prepared = await prepareNode24();
});

/** Skips where there is none, unless that was asked for. */
function node24(context: TestContext): string {
  if ('node' in prepared) return prepared.node;
  if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(prepared.missing);
  return context.skip(prepared.missing);
}

function resultsIn(folder: string): Results {
  return JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
}

withMotoOrganization((organization) => {
  const inputs = { pack: 'core', format: 'json,sarif,markdown' };

  test('the bundle judges as the command line does, under Node 24', async (context) => {
    const { environment, members } = organization();
    const { status, outputs, summary, log, workspace } = await runAction(inputs, {
      environment,
      node: node24(context),
      script: bundle,
    });
    expect({ status, error: /^::error::.*/m.exec(log)?.[0] }).toEqual({ status: 3, error: undefined });
    expect(outputs).toMatchObject({
      status: 'incomplete',
      'accounts-listed': '14',
      'accounts-evaluated': '13',
      'accounts-unreadable': '1',
      'sarif-uploadable': 'false',
    });
    expect(summary).toContain(members.unvalidated.trailArn);
    const folder = aFolder();
    await runCli(['scan', '--pack', 'core', '--quiet', '--format', 'json'], { cwd: folder, environment });
    const [ours, theirs] = [workspace, folder].map((it) => resultsIn(it).evaluations.map(verdict));
    expect(ours).toEqual(theirs);
    expect(Number(outputs['findings-total'])).toBeGreaterThan(10);
  });

  test('follows on its own last run, under Node 24', async (context) => {
    const { environment, members } = organization();
    const github = await startFakeGitHub();
    const options = { environment: { ...environment, ...github.environment }, node: node24(context), script: bundle };
    const given = { ...inputs, 'github-token': github.environment['INPUT_GITHUB-TOKEN'] ?? '' };
    const first = await runAction(given, options);
    expect(first.outputs['sarif-uploadable']).toBe('true');
    const category = /"id":\s*"(trailproof\/core\/[^"]+)\/"/.exec(textOf(first, 'results.sarif'))?.[1] ?? '';
    github.analyses.push({ category, created_at: '2026-01-01T00:00:00Z' });
    const files = Object.fromEntries(['results.json', 'results.sarif'].map((file) => [file, textOf(first, file)]));
    github.artifacts.push({ created_at: '2026-01-01T00:00:01Z', files });
    const second = await runAction(given, options);
    expect(second.log).toContain(`This run follows the one of ${resultsIn(first.workspace).run.capturedAt}`);
    expect(second.outputs['sarif-uploadable']).toBe('true');
    const unreadable = resultsIn(second.workspace).evaluations.filter((it) => it.policyId === 'account-is-readable');
    expect(unreadable.map((it) => it.target.accountId)).toEqual([members.closed.accountId]);
  });
});

function verdict({ policyId, outcome, target, message }: Results['evaluations'][number]): string {
  return `${policyId} ${outcome} ${target.accountId} ${target.id} ${message}`;
}

function textOf({ workspace }: ActionRun, file: string): string {
  return readFileSync(join(workspace, 'reports', file), 'utf8');
}
