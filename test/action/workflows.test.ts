import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { declared } from './run-action.js';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: object; readonly steps: readonly Step[] }>>;
}

const examples = readdirSync('docs/workflows').map((name) => join('docs/workflows', name));
const own = readdirSync('.github/workflows').map((name) => join('.github/workflows', name));
const { inputs, outputs } = declared;

/** The action itself, of which no commit can be named before it is released. */
const unreleased = 'trailproof/trailproof@0000000000000000000000000000000000000000';

test('every example uses the action', () => {
  for (const file of examples) expect(readFileSync(file, 'utf8')).toContain(unreleased);
});

describe.each([...examples, ...own])('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('pins each action by its commit, with the version beside it', () => {
    const used = text.split('\n').filter((line) => /^\s*(- )?uses: (?!\.\/)/.test(line));
    const others = used.filter((line) => !line.includes(unreleased));
    expect(others.length).toBeGreaterThan(0);
    for (const line of others) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # \S+/);
  });

  test('says of the commit of Trailproof that it is none yet', () => {
    const said = /# There is no release yet: .*\n.*The zeros are no commit\.\n.*uses: trailproof/g;
    expect(text.match(said) ?? []).toHaveLength(text.split(unreleased).length - 1);
  });

  test('grants nothing to all jobs, and to each job what it names', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) expect(job.permissions).toBeDefined();
  });

  test('uploads SARIF only where that closes nothing', () => {
    for (const step of steps.filter((it) => it.uses?.includes('upload-sarif')))
      expect(step.if).toContain("outputs.sarif-uploadable == 'true'");
  });

  test('puts no value of an expression into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('keeps the reports behind the upload, where the action looks for them', () => {
    for (const { steps: all } of jobs) {
      const upload = all.findIndex((it) => it.uses?.includes('upload-sarif'));
      if (upload < 0) continue;
      const behind = all.slice(upload + 1).find((it) => it.uses?.includes('upload-artifact'));
      expect(behind?.with).toMatchObject({ name: inputs['previous-artifact']?.default, path: 'reports/' });
      expect(behind?.if).toContain("outputs.json-file != ''");
    }
  });

  test('gives the action inputs that it has, and reads outputs that it sets', () => {
    const ours = steps.filter((it) => it.uses === './' || it.uses?.startsWith('trailproof/') === true);
    for (const { with: given = {} } of ours)
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    const read = [...text.matchAll(/steps\.\w+\.outputs\.([a-z-]+)/g)].map(([, name]) => name);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
  });
});
