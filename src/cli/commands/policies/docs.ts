import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '../../../policy/index.js';
import { generatedLine, policyIndex, policyPage } from '../../../report/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { pageOf } from './page.js';
import type { Terminal } from '../../process/terminal.js';
import { folderOf, writeFileWhole } from '../../process/write-file.js';
import { counted } from '../../../text/plural.js';
import { writeLines } from '../../process/write-lines.js';

export interface DocsOptions extends PolicyOptions {
  readonly output: string;
}

/** `trailproof policies docs`: a page a policy, and an index. Pages of policies that are gone are taken away. */
export async function documentPolicies(options: DocsOptions, terminal: Terminal): Promise<number> {
  const folder = folderOf(options.output);
  const loaded = readPolicies(options, false);
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  const chosen = options.pack === undefined ? loaded.all : loaded.policies;
  const tests = new Map(runTests(loaded, chosen).policies.map((it) => [it.id, it.tests]));
  const pages = chosen.map((policy) => pageOf(policy, loaded, tests.get(policy.id) ?? []));
  const files = new Map([['README.md', policyIndex(pages)]]);
  for (const page of pages) files.set(`${page.id}.md`, policyPage(page));
  for (const [name, text] of files) await writeFileWhole(join(folder, name), [text]);
  for (const name of stalePages(folder, files)) {
    rmSync(join(folder, name));
    writeLines(terminal.stdout, [`Removed ${join(folder, name)}: no such policy`]);
  }
  writeLines(terminal.stdout, [`Wrote ${counted(pages.length, 'page')} and an index to ${folder}`]);
  return exitCodes.ok;
}

/** Pages that this command once made: whatever else lies in the folder is not ours. */
function stalePages(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isFile() && it.name.endsWith('.md') && !files.has(it.name))
    .map((it) => it.name)
    .filter((name) => readFileSync(join(folder, name), 'utf8').startsWith(`${generatedLine}\n`));
}
