import { describe, expect, test } from 'vitest';
import type { Results } from '../../model/results.js';
import { render } from '../../report/index.js';
import { startFakeGitHub, token, type FakeAnswer, type FakeGitHub } from '../../../test/action/fake-github.js';
import { zipOf } from '../../../test/action/zip.js';
import { anEvaluation, aResults } from '../../../test/support/results-builders.js';
import { gitHub } from '../github/github.js';
import { findEarlier, type Earlier, type Place } from './find-earlier.js';

const results = aResults({ evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT' })] });
const category = 'trailproof/baseline/o-a1b2c3d4e5/';
const place = {
  ref: 'refs/heads/main',
  artifact: 'cloudtrail-compliance',
  run: {
    workflow: '.github/workflows/scan.yml',
    job: 'scan',
    event: 'schedule',
    repository: 'acme/cloud',
    branch: 'main',
    sha: 'a'.repeat(40),
    id: 999,
    attempt: 1,
  },
};
const uploaded = '2026-11-20T05:17:30Z';
const kept = '2026-11-20T05:17:40Z';

function filesOf(it: Results): Record<string, string> {
  return { 'results.json': textOf('json', it), 'results.sarif': textOf('sarif', it) };
}

function textOf(format: 'json' | 'sarif', it: Results): string {
  return [...render(format, it)].join('');
}

/** A repository to which a whole run was uploaded, and in which its reports were kept. */
async function aRepository(change: Partial<FakeGitHub['artifacts'][number]> = {}): Promise<FakeGitHub> {
  return await startFakeGitHub({
    analyses: [{ category: 'trailproof/baseline/o-a1b2c3d4e5', created_at: uploaded }],
    artifacts: [{ created_at: kept, files: filesOf(results), ...change }],
  });
}

/** Hardly waits between attempts. */
async function find(fake: FakeGitHub, where: Partial<Place> = {}, below = ''): Promise<Earlier> {
  const github = gitHub({
    apiUrl: `${fake.environment['GITHUB_API_URL'] ?? ''}${below}`,
    repository: 'acme/cloud',
    token,
    signal: new AbortController().signal,
    environment: {},
    second: 1,
  });
  return await findEarlier(github, { ...place, ...where }, { results, category });
}

test('finds the results of the last upload', async () => {
  expect(await find(await aRepository())).toEqual({ is: 'found', results, runId: 1000 });
});

test('without SARIF beside them, the name of the artifact stands for the category', async () => {
  expect(await find(await aRepository({ files: { 'out/results.json': textOf('json', results) } }))).toMatchObject({
    is: 'found',
  });
});

test('no upload of the category, though one of others: a first run', async () => {
  const fake = await aRepository();
  fake.analyses = [{ category: 'trailproof/core/o-a1b2c3d4e5', created_at: uploaded }];
  expect(await find(fake)).toEqual({ is: 'first', beside: 'trailproof/core/o-a1b2c3d4e5' });
  expect(fake.requests).toHaveLength(2);
});

test('a GitHub of one’s own has its API below a path', async () => {
  expect(await find(await aRepository(), {}, '/api/v3/')).toMatchObject({ is: 'found' });
});

describe('on a branch to which nothing was uploaded', () => {
  const trunk = { ref: 'refs/heads/trunk', run: { ...place.run, branch: 'trunk' } };

  test('which is what the default branch is called now, an incomplete run closes nothing', async () => {
    const fake = await aRepository();
    Object.assign(fake, { branches: ['trunk'], defaultBranch: 'trunk' });
    const reason = expect.stringContaining('is of refs/heads/main, which is gone');
    expect(await find(fake, trunk)).toEqual({ is: 'lost', reason });
  });

  test.each<[string, Partial<FakeGitHub>]>([
    ['which is not the default branch', { branches: ['trunk'], defaultBranch: 'main' }],
    ['while the other branch is still there', { branches: ['main', 'trunk'], defaultBranch: 'trunk' }],
    ['and to another category only', { analyses: [{ category: 'x', created_at: uploaded }], defaultBranch: 'trunk' }],
    [
      'but to a merge queue and a pull request',
      {
        defaultBranch: 'trunk',
        analyses: ['refs/heads/gh-readonly-queue/main/pr-1-a', 'refs/pull/1/merge'].map((ref) => ({
          category: category.slice(0, -1),
          created_at: uploaded,
          ref,
        })),
      },
    ],
  ])('%s, it is a first run', async (_what, change) => {
    const fake = await aRepository();
    Object.assign(fake, change);
    expect(await find(fake, trunk)).toEqual({ is: 'first' });
  });
});

describe('jobs of a matrix', () => {
  const uploads = (environments: string) =>
    Array.from(environments, (it, index) => ({
      category: category.slice(0, -1),
      created_at: `2026-11-20T0${9 - index}:00:00Z`,
      analysis_key: '.github/workflows/scan.yml:scan',
      environment: JSON.stringify({ part: it }),
    }));

  test('that upload under one id in turn are told so', async () => {
    for (const turns of ['abab', 'abcabc', 'aabbab']) {
      const reason = expect.stringMatching(
        /^jobs of a matrix \(\{"part":"a"\} and \{"part":"b"\}\) upload under the id/,
      );
      expect(await find(await startFakeGitHub({ analyses: uploads(turns) }))).toEqual({ is: 'shared', reason });
    }
  });

  test.each(['aaaaaa', 'aaabbb', 'aabaaa', 'a'])('that changed are none: %s', async (turns) => {
    expect(await find(await startFakeGitHub({ analyses: uploads(turns) }))).toMatchObject({ is: 'lost' });
  });
});

test('reads all pages', async () => {
  const fake = await aRepository();
  const others = Array.from({ length: 150 }, () => ({ category: 'other', created_at: kept }));
  fake.analyses = [...others, ...fake.analyses];
  const foreign = Array.from({ length: 250 }, () => ({ created_at: kept, fork: true }));
  fake.artifacts = [...foreign, ...fake.artifacts];
  expect(await find(fake)).toEqual({ is: 'found', results, runId: 1250 });
});

describe('lost, where the answer is none', () => {
  test.each<[string, FakeAnswer, string]>([
    [
      'code-scanning',
      { status: 403, body: '{"message":"Resource not accessible by integration"}' },
      'with: 403 Resource not accessible by integration. Does the job have the permission security-events: read?',
    ],
    ['code-scanning', { status: 404, body: '{"message":"Not Found"}' }, 'with: 404 Not Found.'],
    [
      'actions/artifacts',
      { status: 403, body: '<html>' },
      'with: 403. Does the job have the permission actions: read?',
    ],
    ['code-scanning', { status: 200, body: '<html>' }, 'something that is not JSON'],
    ['code-scanning', { status: 200, body: '{}' }, 'code-scanning/analyses with no list'],
    ['code-scanning', { status: 200, body: '[{"category":"x"}]' }, 'an analysis that has no time'],
    ['actions/artifacts', { status: 200, body: '[]' }, 'actions/artifacts with no list'],
    ['/zip', { status: 410, body: '{"message":"Artifact has expired"}' }, 'artifact 0: it was deleted or has expired'],
    ['/zip', { status: 404, body: '{"message":"Not Found"}' }, 'artifact 0: it was deleted or has expired'],
    ['/zip', { status: 302, headers: { location: 'ftp://elsewhere/' } }, 'an address that is not allowed'],
    ['/zip', { status: 302, headers: { location: 'http://[' } }, 'an address that is not allowed'],
  ])('%s: %j', async (path, answer, why) => {
    const fake = await aRepository();
    fake.instead.push({ path, answer });
    const earlier = await find(fake);
    expect(earlier).toEqual({ is: 'lost', reason: expect.stringContaining(why) });
    expect(fake.instead).toEqual([]);
  });

  test.each<[string, (zip: Buffer) => Parameters<typeof aRepository>[0], string]>([
    ['is no zip file', () => ({ zip: Buffer.from('no zip') }), 'it is not a zip file'],
    ['is cut off', (zip) => ({ zip: zip.subarray(0, -10) }), 'it is not a zip file'],
    ['holds no results', () => ({ files: { 'report.md': '#' } }), 'it holds no results.json'],
    [
      'holds them twice',
      (zip) => ({ zip: zipOf({ 'b/results.json': '{}', 'a/results.json': zip }) }),
      '2 files called',
    ],
    ['is no JSON', () => ({ files: { 'results.json': '{' } }), 'its results.json:1:2: this is not JSON'],
    [
      'has another version of the schema',
      () => ({
        files: { 'results.json': textOf('json', results).replace('"schemaVersion": "1"', '"schemaVersion": "2"') },
      }),
      'its results.json holds no results of this version: /schemaVersion must be equal to constant',
    ],
    [
      'is of another set of policies',
      () => ({
        files: { ...filesOf(results), 'results.sarif': textOf('sarif', results).replaceAll('/baseline/', '/core/') },
      }),
      'they belong to another category',
    ],
    ['has a broken report', () => ({ files: { ...filesOf(results), 'results.sarif': '{}' } }), 'another category'],
    [
      'is of another organization',
      () => ({
        files: {
          'results.json': textOf(
            'json',
            aResults({ organization: { id: 'o-other1other', managementAccountId: '111111111111' } }),
          ),
        },
      }),
      'they belong to another organization',
    ],
    [
      'is of a later run',
      () => ({ files: filesOf(aResults({ run: { capturedAt: '2026-11-22T08:00:00.000Z' } })) }),
      'they are later than this run',
    ],
    [
      'is not complete and follows on nothing',
      () => ({
        files: filesOf(
          aResults({ accounts: { evaluated: 9, unreadable: [{ id: '222222222222', name: 'x', reason: 'denied' }] } }),
        ),
      }),
      'they are not complete, and do not follow earlier ones',
    ],
    ['has expired', () => ({ expired: true }), 'they have expired'],
    ['is of a fork', () => ({ fork: true }), 'no run has kept any since'],
    ['is of another branch', () => ({ branch: 'else' }), 'no run has kept any since'],
    ['has another name', () => ({ name: 'cloudtrail-pre-audit' }), 'no run has kept any since'],
    ['is older than the upload', () => ({ created_at: '2026-11-20T05:17:29Z' }), 'no run has kept any since'],
  ])('what was kept %s', async (_what, change, why) => {
    const fake = await aRepository(change(zipOf(filesOf(results))));
    expect(await find(fake)).toEqual({
      is: 'lost',
      reason: expect.stringContaining(`the results of the last upload are not in the artifact cloudtrail-compliance (`),
    });
    expect(await find(fake)).toEqual({ is: 'lost', reason: expect.stringContaining(why) });
  });
});

test('what cannot be followed is passed over for what was kept before it, since the last upload', async () => {
  const fake = await aRepository();
  fake.artifacts.push({ created_at: '2026-11-21T05:17:40Z', files: { 'results.json': '{}' } });
  expect(await find(fake)).toMatchObject({ is: 'found', runId: 1000 });
});

test('what goes between the list and the download is passed over, too', async () => {
  const fake = await aRepository();
  fake.artifacts.push({ created_at: '2026-11-21T05:17:40Z', files: filesOf(results) });
  fake.instead.push({ path: '/artifacts/1/zip', answer: { status: 410, body: '{"message":"Artifact has expired"}' } });
  expect(await find(fake)).toMatchObject({ is: 'found', runId: 1000 });
});

test.each([
  'API rate limit exceeded for installation ID 1.',
  'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled.',
])('what no permission mends is not called one: %s', async (message) => {
  const fake = await aRepository();
  fake.instead.push({ path: 'code-scanning', answer: { status: 403, body: JSON.stringify({ message }) } });
  const earlier = await find(fake);
  expect(earlier).toMatchObject({ is: 'lost', reason: expect.stringContaining(message.slice(0, 40)) });
  expect(JSON.stringify(earlier)).not.toContain('permission');
});

test('an API that is out of reach is said without what was sent', async () => {
  const fake = await aRepository();
  const found = await find({ ...fake, environment: { GITHUB_API_URL: 'http://127.0.0.1:9' } });
  expect(found).toMatchObject({ is: 'lost', reason: expect.stringMatching(/with: no answer \(\w+\)\.$/) });
  expect(await find({ ...fake, environment: { GITHUB_API_URL: 'nowhere' } })).toMatchObject({ is: 'lost' });
});
