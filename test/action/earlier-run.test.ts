import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { anAccount, type World } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { anOwnTrail, dev, joined } from '../support/worlds.js';
import { startFakeGitHub, token, type FakeAnswer, type FakeGitHub } from './fake-github.js';
import { environmentOf, runAction, type ActionRun } from './run-action.js';

const more = { accounts: ['555566667777', '666677778888'].map((id) => anAccount({ id })) };
const own = anOwnTrail(dev, { LogFileValidationEnabled: false });
const whole = joined(aWellKeptOrganization(), own, more);
/** The same organization while dev, one of six, lacks the role. */
const broken = joined(aWellKeptOrganization({ devAccount: { roles: [] } }), own, more);

/** Runs one after the other in a repository, each a minute after the last by the clock of GitHub. */
let minute = 0;

async function run(github: FakeGitHub, world: World): Promise<ActionRun> {
  minute += 1;
  const environment = { ...(await environmentOf(world)), ...github.environment };
  return await runAction({ 'allow-incomplete': 'true' }, { environment });
}

/** What the steps behind the action do: upload the report where it may be, then keep the folder. */
function uploadAndKeep(github: FakeGitHub, ran: Reports): void {
  if (ran.isUploadable) github.analyses.push({ category: ran.category, created_at: time(0) });
  github.artifacts.push({ created_at: time(30), files: ran.files });
}

/** What a run left behind. */
interface Reports {
  readonly isUploadable: boolean;
  readonly category: string;
  readonly files: Readonly<Record<string, string>>;
}

function reportsOf({ workspace, outputs }: ActionRun): Reports {
  const files = Object.fromEntries(
    ['results.json', 'results.sarif'].map((file) => [file, readFileSync(join(workspace, 'reports', file), 'utf8')]),
  );
  const log = JSON.parse(files['results.sarif'] ?? '') as { runs: [{ automationDetails: { id: string } }] };
  // GitHub lists a category without the slash that ends it in SARIF.
  const category = log.runs[0].automationDetails.id.replace(/\/$/, '');
  return { isUploadable: outputs['sarif-uploadable'] === 'true', category, files };
}

function time(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute, second)).toISOString().replace('.000Z', 'Z');
}

function resultsOf({ workspace }: ActionRun): Results {
  return JSON.parse(readFileSync(join(workspace, 'reports/results.json'), 'utf8')) as Results;
}

const carriedIn = (ran: ActionRun): string[] =>
  resultsOf(ran)
    .evaluations.filter((it) => it.carriedForward !== undefined && it.target.accountId === dev)
    .map((it) => it.policyId);

let firstRun: Promise<Reports> | undefined;

/** A repository in which one whole run was uploaded and kept: the same run for all tests. */
async function afterAFirstRun(): Promise<FakeGitHub> {
  const github = await startFakeGitHub();
  firstRun ??= run(github, whole).then(reportsOf);
  const reports = await firstRun;
  expect(reports.isUploadable).toBe(true);
  uploadAndKeep(github, reports);
  github.requests.splice(0);
  return github;
}

/** Everywhere a run may say that what was before is lost; the reason in its log. */
function lossOf(ran: ActionRun): unknown {
  return {
    status: ran.status,
    uploadable: ran.outputs['sarif-uploadable'],
    log: /^warning: the results of the last run are lost: (.*)/m.exec(ran.log)?.[1],
    isAnnotated: /^::warning title=Do not upload the findings::/m.test(ran.log),
    isInSummary: ran.summary.startsWith('> **Not for upload**: '),
    previous: resultsOf(ran).previous,
  };
}

/** What is told of a loss: it stops a run that could not evaluate everything, and no other. */
function aLoss(why: string, ofWhole: boolean): unknown {
  const log: unknown = expect.stringContaining(why);
  const isTold = !ofWhole;
  return { status: 0, uploadable: `${ofWhole}`, log, isAnnotated: isTold, isInSummary: isTold, previous: undefined };
}

describe('previous: auto', () => {
  test('where nothing was uploaded before, this is a first run: even an incomplete one may be uploaded', async () => {
    const github = await startFakeGitHub({
      analyses: [
        { category: 'trailproof/baseline/o-exampleorgid', created_at: time(0), ref: 'refs/heads/other' },
        { category: 'trailproof/baseline/o-exampleorgid', created_at: time(0), tool: 'CodeQL' },
      ],
    });
    const ran = await run(github, broken);
    expect(ran.log).toContain('Nothing was uploaded before in this category: this is a first run.');
    expect(ran.outputs).toMatchObject({ status: 'incomplete', 'sarif-uploadable': 'true' });
    expect(resultsOf(ran).previous).toMatchObject({ closed: [] });
  });

  test('an account that cannot be read in mid-sequence keeps its findings open, over several runs', async () => {
    const github = await afterAFirstRun();
    for (let index = 0; index < 2; index += 1) {
      const ran = await run(github, broken);
      expect(ran.log).toMatch(new RegExp(`This run follows the one of .* \\(workflow run ${1000 + index}\\)`));
      expect(carriedIn(ran)).toContain('trail-validates-log-files');
      expect(ran.outputs).toMatchObject({ status: 'incomplete', 'sarif-uploadable': 'true' });
      uploadAndKeep(github, reportsOf(ran));
    }
    const healed = await run(github, joined(aWellKeptOrganization(), anOwnTrail(dev), more));
    expect(carriedIn(healed)).toEqual([]);
    expect(healed.outputs['sarif-uploadable']).toBe('true');
  });

  test('the token is masked, and goes to GitHub alone', async () => {
    const github = await afterAFirstRun();
    const ran = await run(github, whole);
    expect(ran.log.split(token)).toHaveLength(2);
    expect(ran.log).toContain(`::add-mask::${token}\n`);
    const seen = github.requests.map(({ path, authorization }) => [path.split('/')[1], authorization]);
    expect(seen).toContainEqual(['storage', undefined]);
    for (const [root, authorization] of seen) {
      expect(authorization).toBe(root === 'storage' ? undefined : `Bearer ${token}`);
    }
  });

  test.each<[string, FakeAnswer, string]>([
    [
      'code-scanning',
      { status: 403, body: '{"message":"Resource not accessible ::add-mask::x"}' },
      'Does the job have the permission security-events: read?',
    ],
    ['actions/artifacts', { status: 404, body: '{"message":"Not Found"}' }, 'permission actions: read?'],
  ])('%s is refused: only a run that evaluated everything is to be uploaded', async (path, answer, why) => {
    const github = await afterAFirstRun();
    github.instead.push({ path, answer });
    expect(lossOf(await run(github, whole))).toEqual(aLoss(why, true));
    github.instead.push({ path, answer });
    const incomplete = await run(github, broken);
    expect(lossOf(incomplete)).toEqual(aLoss(why, false));
    expect(incomplete.summary).toContain('run it once with previous: none');
  });

  test('a failure of GitHub that passes is no failure', async () => {
    const github = await afterAFirstRun();
    github.instead.push({ path: 'code-scanning', answer: { status: 500 } });
    const limited = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' };
    github.instead.push({ path: '/zip', answer: { status: 429, headers: limited } });
    github.instead.push({ path: '/storage', answer: { status: 503 } });
    const ran = await run(github, broken);
    expect(carriedIn(ran)).toContain('trail-validates-log-files');
    expect(ran.outputs['sarif-uploadable']).toBe('true');
    expect(github.instead).toEqual([]);
  });

  test('what was kept is broken: an incomplete run is not to be uploaded', async () => {
    const github = await afterAFirstRun();
    github.artifacts = github.artifacts.map(({ files = {}, ...it }) => ({
      ...it,
      files: { ...files, 'results.json': '{"schemaVersion":"2"}' },
    }));
    expect(lossOf(await run(github, broken))).toEqual(aLoss('holds no results of this version', false));
  });

  test('after a loss, a run that evaluated everything begins anew; one that did not is passed over', async () => {
    const github = await afterAFirstRun();
    github.artifacts.splice(0);
    const incomplete = await run(github, broken);
    expect(incomplete.outputs['sarif-uploadable']).toBe('false');
    uploadAndKeep(github, reportsOf(incomplete));
    const complete = await run(github, whole);
    expect(lossOf(complete)).toEqual(aLoss('they are not complete, and do not follow earlier ones', true));
    uploadAndKeep(github, reportsOf(complete));
    const later = await run(github, broken);
    expect(carriedIn(later)).toContain('trail-validates-log-files');
    expect(later.outputs['sarif-uploadable']).toBe('true');
  });
});
