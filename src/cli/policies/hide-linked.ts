import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Diagnostic } from '../../policy/index.js';
import { counted, plural } from '../../text/plural.js';

/** Said of a file as a whole, without a word of what is in it. */
const saysNothing: ReadonlySet<string> = new Set(['unreadable', 'too-large', 'not-utf-8', 'link']);

/**
 * The diagnostics without the content of files that a link brings from elsewhere: whoever may write a repository could
 * otherwise have a job print any file of its machine, as a policy that is wrong. What is wrong in such a file is counted.
 */
export function hideLinked(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const hidden = new Map<string, Diagnostic[]>();
  const shown: Diagnostic[] = [];
  const known = new Map<string, boolean>();
  for (const it of diagnostics) {
    const isHidden = known.get(it.file) ?? isFromElsewhere(it.file);
    known.set(it.file, isHidden);
    if (!isHidden || saysNothing.has(it.code)) shown.push(it);
    else hidden.set(it.file, [...(hidden.get(it.file) ?? []), it]);
  }
  return [...shown, ...[...hidden].map(([file, its]) => counting(file, its))];
}

/** The texts that lines are shown of: none of a file of which something was hidden. */
export function sourceOf(
  shown: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
): (file: string) => string | undefined {
  const hidden = new Set(shown.filter((it) => it.code === 'link').map((it) => it.file));
  return (file) => (hidden.has(file) ? undefined : sources.get(file));
}

function counting(file: string, its: readonly Diagnostic[]): Diagnostic {
  const isError = its.some((it) => it.severity === 'error');
  return {
    file,
    line: 1,
    column: 1,
    severity: isError ? 'error' : 'warning',
    code: 'link',
    message: `the file is a link to outside of its folder, with ${counted(its.length, 'problem')} that ${plural(its.length, 'is', 'are')} not shown`,
    help: 'name the file that it leads to',
  };
}

/** A link within a folder, as some tools lay files out, shows nothing that is not in the folder anyway. */
function isFromElsewhere(file: string): boolean {
  try {
    const folder = realpathSync(dirname(file));
    const real = realpathSync(file);
    if (real === join(folder, basename(file)) || real.startsWith(`${folder}${sep}`)) return false;
    // What is said of a folder is not said of what is in its files.
    return statSync(real).isFile();
  } catch {
    // What cannot be followed cannot be read either.
    return false;
  }
}
