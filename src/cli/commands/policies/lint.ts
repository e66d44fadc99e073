import { UsageError } from '../../../model/errors.js';
import { hasErrors } from '../../../policy/index.js';
import { counted } from '../../../text/plural.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { readWaivers, type WaiverOptions } from '../../policies/load-waivers.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { pathsToLint, type PathsToLint } from './paths-to-lint.js';
import { writeLines } from '../../process/write-lines.js';

type Options = PolicyOptions & WaiverOptions;

/** `trailproof policies lint`: everything that a scan would read, or only what stands in some files and folders. */
export function lintPolicies(paths: readonly string[], options: unknown, terminal: Terminal): number {
  // Commander gives each option that declare.ts declares the type it declares there.
  const given = options as Options;
  return paths.length === 0 ? lintAll(given, terminal) : lintPaths(pathsToLint(paths, given), given, terminal);
}

function lintAll(given: Options, terminal: Terminal): number {
  const loaded = readPolicies(given, false);
  const checked = readWaivers(given, loaded);
  if (!reportDiagnostics(checked, terminal)) return exitCodes.usage;
  const policies = counted(loaded.all.length, 'policy', 'policies');
  const waivers = given.waivers === undefined ? '' : `, ${counted(checked.waivers.length, 'waiver')}`;
  const read = `${policies}, ${counted(loaded.packs.length, 'pack')}${waivers}`;
  writeLines(terminal.stdout, [`${read}: ${problems(checked.diagnostics.length)}`]);
  return exitCodes.ok;
}

function lintPaths(
  { folders, packs, waivers, readFiles, isMeant }: PathsToLint,
  given: Options,
  terminal: Terminal,
): number {
  const wider = {
    ...given,
    policies: [...(given.policies ?? []), ...folders],
    ...(packs.length === 0 ? {} : { pack: [...(given.pack ?? []), ...packs] }),
    waivers: [...(given.waivers ?? []), ...waivers],
  };
  const loaded = readPolicies(wider, false, { readFiles, isMeant });
  const { diagnostics, sources } = readWaivers(wider, loaded);
  const shown = diagnostics.filter((it) => isMeant(it.file));
  const others = diagnostics.filter((it) => !isMeant(it.file));
  const files = [...sources.keys()].filter(isMeant);
  const isRight = reportDiagnostics({ diagnostics: shown, sources }, terminal);
  if (hasErrors(others))
    writeLines(terminal.stderr, ['There are errors in other files, too: trailproof policies lint']);
  if (!isRight) return exitCodes.usage;
  if (files.length === 0 && shown.every((it) => it.code === 'no-policy')) {
    throw new UsageError(
      'There are no policies, tests, packs or waivers in these files and folders.',
      'A policy is a folder with a policy.yaml; a folder of policies, and packs/ in it, may be named, too.',
    );
  }
  writeLines(terminal.stdout, [`${counted(files.length, 'file')}: ${problems(shown.length)}`]);
  return exitCodes.ok;
}

function problems(warnings: number): string {
  return warnings === 0 ? 'no problems found' : counted(warnings, 'warning');
}
