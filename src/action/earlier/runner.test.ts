import { expect, test } from 'vitest';
import { startFakeGitHub, token } from '../../../test/action/fake-github.js';
import { anEvaluation, aResults } from '../../../test/support/results-builders.js';
import { earlierRuns } from './runner.js';

const signal = new AbortController().signal;
const where = { token, artifact: 'cloudtrail-compliance' };
const around = { GITHUB_REPOSITORY: 'acme/cloud', GITHUB_REF: 'refs/heads/main' };
const run = { results: aResults({ evaluations: [anEvaluation()] }), category: 'trailproof/baseline/o-a1b2c3d4e5/' };

test.each<[string, NodeJS.ProcessEnv, string]>([
  ['outside of a workflow', {}, token],
  ['without a branch', { ...around, GITHUB_REF: '' }, token],
  ['for a repository that is none', { ...around, GITHUB_REPOSITORY: 'acme/..' }, token],
  ['without a token', around, ''],
])('%s, nobody knows of earlier runs', (_where, environment, given) => {
  expect(earlierRuns(environment, { ...where, token: given }, signal, () => undefined)).toBeUndefined();
});

test('for a pull request, runs are looked for under the branch that it comes from', async () => {
  const github = await startFakeGitHub({
    analyses: [{ category: run.category, created_at: '2026-01-01T00:00:00Z', ref: 'refs/pull/7/merge' }],
    artifacts: [
      { created_at: '2026-01-01T00:00:01Z', branch: 'topic', files: { 'results.json': JSON.stringify(run.results) } },
    ],
  });
  const environment = { ...github.environment, GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'topic' };
  let log = '';
  const runs = earlierRuns(environment, where, signal, (text) => (log += text));
  expect(runs?.found()).toBeUndefined();
  expect(await runs?.find(run)).toEqual({ results: run.results });
  expect(runs?.found()).toMatchObject({ is: 'found', runId: 1000 });
  expect(log).toBe('This run follows the one of 2026-11-21T08:00:00.000Z (workflow run 1000).\n');
});

test('a job that is cancelled asks nothing, and is no loss', async () => {
  const github = await startFakeGitHub();
  const runs = earlierRuns(github.environment, where, AbortSignal.abort(), () => undefined);
  await expect(runs?.find(run)).rejects.toThrow('The job was cancelled.');
  expect(github.requests).toEqual([]);
});
