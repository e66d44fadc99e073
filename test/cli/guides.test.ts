import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { startFakeAws } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail } from '../support/worlds.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

/** What is not ours, and what it must be given: documents that are there, and are JSON or YAML. */
const others = {
  aws: [
    'for word in "$@"; do',
    '  case "$word" in',
    '    file://*) node -e \'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))\' "${word#file://}" || exit 9 ;;',
    '    {*) node -e \'JSON.parse(process.argv[1])\' "$word" || exit 9 ;;',
    '    *.yaml) test -s "$word" || exit 9 ;;',
    '  esac',
    'done',
    'echo r-ab12',
  ],
  git: ['mkdir -p "$(basename "$2" .git)"'],
  npm: ['[ "$1" = ci ] || [ "$1" = start ] || [ "$1" = test ] || exit 9'],
};

/** Commands of a page in their order: lines of its shell blocks, continued ones joined. */
function commandsOf(page: string): readonly string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
  return blocks.flatMap((text) => {
    const commands: string[] = [];
    let open = '';
    for (const line of text.split('\n')) {
      open += open === '' ? line : `\n${line}`;
      const isContinued = line.endsWith('\\') || (open.match(/'/g) ?? []).length % 2 === 1;
      if (isContinued) continue;
      if (open.trim() !== '' && !open.startsWith('#')) commands.push(open);
      open = '';
    }
    return commands;
  });
}

/** A reader: a folder to work in, the tools of others, and credentials. */
class Reader {
  readonly cwd = aFolder();
  private readonly tools = join(this.cwd, '.tools');

  constructor(private readonly environment: Readonly<Record<string, string>>) {
    mkdirSync(this.tools);
    for (const [name, lines] of Object.entries(others)) {
      writeFileSync(join(this.tools, name), ['#!/usr/bin/env bash', ...lines, ''].join('\n'));
      chmodSync(join(this.tools, name), 0o755);
    }
  }

  /** Does what a page says, word by word, and gives back what our own commands said. */
  async follow(page: string, isMeant: (command: string) => boolean = () => true): Promise<ReadonlyMap<string, Ran>> {
    const said = new Map<string, Ran>();
    for (const command of commandsOf(page).filter(isMeant)) {
      if (!command.startsWith('trailproof ')) {
        this.done(command, this.shell(command));
        continue;
      }
      const [, call = '', file] = /^([\s\S]*?)(?: > (\S+))?(?:\s+#.*)?$/.exec(command) ?? [];
      const words = this.shell(`trailproof() { printf '%s\\0' "$@"; }\n${call}`).stdout.split('\0').slice(0, -1);
      const ran = await runCli(words, { cwd: this.cwd, environment: this.environment });
      this.done(command, ran);
      if (file !== undefined) writeFileSync(join(this.cwd, file), ran.stdout);
      said.set(command, ran);
    }
    return said;
  }

  /** Findings, and what cannot be read, end no guide. */
  private done(command: string, { status, stderr }: { readonly status: number | null; readonly stderr: string }): void {
    if (status !== 0 && status !== 1 && status !== 3) throw new Error(`${command} ends with ${status}: ${stderr}`);
  }

  private shell(text: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const env = { PATH: `${this.tools}:${process.env['PATH'] ?? ''}`, HOME: this.cwd };
    return spawnSync('bash', ['-euo', 'pipefail', '-c', text], { cwd: this.cwd, env, encoding: 'utf8' });
  }
}

async function aReader(): Promise<Reader> {
  const aws = await startFakeAws(anOrganizationWithATrail());
  onTestFinished(async () => await aws.close());
  return new Reader(aws.environment());
}

test('from nothing to a daily scan: every command, in order', async () => {
  const reader = await aReader();
  const said = await reader.follow('docs/onboarding.md');
  const ran = (beginning: string): Ran | undefined => [...said].find(([it]) => it.startsWith(beginning))?.[1];
  expect(ran('trailproof doctor')).toMatchObject({ status: 0 });
  expect(ran('trailproof scan --log-archive-account 222233334444 --previous')?.stderr).toContain('may be uploaded');
  expect(ran('trailproof scan --source inventory.json.gz')?.stdout).toContain('acme-keeps-logs');
  // The template is no configuration that the next command would read.
  const template = parse(readFileSync(join(reader.cwd, 'trailproof-role.yaml'), 'utf8'), {
    logLevel: 'silent',
  }) as object;
  expect(template).toHaveProperty('Resources');
  for (const { stderr } of said.values()) expect(stderr).not.toMatch(/trailproof(?:-role)?\.yaml/);
});

test('the first commands of the README, and those of the guide to the Action', async () => {
  const reader = await aReader();
  const isShort = (it: string): boolean => !/^trailproof (?:activity|scan|doctor)/.test(it);
  expect((await reader.follow('README.md', isShort)).size).toBe(2);
  const action = readFileSync('docs/github-action.md', 'utf8');
  writeFileSync(join(reader.cwd, 'trust.json'), /^```json\n([\s\S]*?)^```/m.exec(action)?.[1] ?? '');
  expect((await reader.follow('docs/github-action.md', isShort)).size).toBe(1);
});

test('one role and one account throughout', () => {
  const pages = ['README.md', 'docs/onboarding.md', 'docs/github-action.md'];
  const workflows = ['daily-activity', 'pre-audit', 'scheduled-scan', 'sharded-scan'].map(
    (it) => `docs/workflows/${it}.yml`,
  );
  const roles = [...pages, ...workflows].flatMap(
    (it) => readFileSync(it, 'utf8').match(/arn:aws:iam::\d+:role\/[\w-]+/g) ?? [],
  );
  expect(roles.length).toBeGreaterThan(4);
  expect(new Set(roles)).toEqual(new Set(['arn:aws:iam::444455556666:role/trailproof-scan']));
});
