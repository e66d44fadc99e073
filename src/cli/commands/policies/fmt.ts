import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { formatFile } from '../../../authoring/index.js';
import {
  aboutFile,
  formatDiagnostics,
  readPolicyPath,
  type Diagnostic,
  type PolicyFile,
} from '../../../policy/index.js';
import { hideLinked, sourceOf } from '../../policies/hide-linked.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { writeFileWhole } from '../../process/write-file.js';
import { counted } from '../../../text/plural.js';
import { writeLines } from '../../process/write-lines.js';

/** `trailproof policies fmt`: nothing is written while any of the files cannot be read. */
export async function formatPolicies(paths: readonly string[], isCheck: boolean, terminal: Terminal): Promise<number> {
  const files = new Map<string, PolicyFile>();
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    const read = readPolicyPath(path);
    diagnostics.push(...read.diagnostics);
    for (const file of read.files) files.set(file.file, file);
    diagnostics.push(...read.files.filter(({ file }) => leadsOut(file, path)).map(({ file }) => outside(file)));
  }
  const changed: { readonly file: string; readonly text: string }[] = [];
  for (const { kind, file, text } of files.values()) {
    const formatted = formatFile(kind, file, text);
    if ('diagnostics' in formatted) diagnostics.push(...formatted.diagnostics);
    else if (formatted.isChanged) changed.push({ file, text: formatted.text });
  }
  if (diagnostics.some((it) => it.severity === 'error')) {
    const shown = hideLinked(diagnostics);
    const sources = new Map([...files].map(([file, { text }]) => [file, text]));
    terminal.stderr.write(formatDiagnostics(shown, sourceOf(shown, sources)));
    writeLines(terminal.stderr, ['', 'Nothing was formatted: fix these first.']);
    return exitCodes.usage;
  }
  for (const { file, text } of changed) {
    // A link within the folder stays a link: what it leads to is written.
    if (!isCheck) await writeFileWhole(realpathSync(file), [text]);
    writeLines(terminal.stdout, [`${isCheck ? 'not formatted' : 'formatted'}  ${file}`]);
  }
  writeLines(terminal.stdout, [`${counted(files.size, 'file')}, ${changed.length} to change`]);
  return isCheck && changed.length > 0 ? exitCodes.findings : exitCodes.ok;
}

/** A file of a folder that is a link to what is not in it: nobody named that. */
function leadsOut(file: string, path: string): boolean {
  const [real, folder] = [realpathSync(file), realpathSync(path)];
  return real !== folder && !real.startsWith(`${folder}${sep}`);
}

function outside(file: string): Diagnostic {
  const message = 'this is a link to outside of the folder that was named: what it leads to is not written';
  return aboutFile(file, 'error', 'link', message, 'name the file itself, or take the link away');
}
