import { basename, dirname } from 'node:path';
import { UsageError } from '../../../model/errors.js';
import { policyNamed } from '../../policies/find-policy.js';
import { activityText, type CompiledPolicy, type EffectivePolicy, type LoadedPolicies } from '../../../policy/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import { describeSources } from './sources.js';
import { readPolicies, reportDiagnostics, type AskedFiles, type PolicyOptions } from '../../policies/load-policies.js';
import type { Terminal } from '../../process/terminal.js';
import { jsonLines } from '../../../report/index.js';
import { testPolicies, type TestOptions } from './test.js';
import { pathKind } from '../../process/path-kind.js';
import { pathsToLint, type PathsToLint } from './paths-to-lint.js';
import { counted } from '../../../text/plural.js';
import { prose } from '../../../text/printable.js';
import { writeLines } from '../../process/write-lines.js';

export type PoliciesCommand = 'list' | 'show' | 'test';

interface ListOptions {
  readonly json?: true;
  readonly source?: boolean;
}

type Options = PolicyOptions & TestOptions & ListOptions;

/** `trailproof policies`: the shipped policies and the user's own. */
export async function policiesCommand(
  command: PoliciesCommand,
  argument: unknown,
  options: unknown,
  terminal: Terminal,
): Promise<number> {
  // Commander gives each option that declare.ts declares the type it declares there.
  const given = options as Options;
  // Commander gives a list for `[id|path...]`.
  const asked = command === 'test' ? whatToTest(argument as readonly string[], given) : undefined;
  const wider = asked === undefined ? given : { ...given, policies: [...(given.policies ?? []), ...asked.folders] };
  const isOfAll = asked === undefined || asked.ids.length + asked.paths.length === 0;
  const loaded = readPolicies(wider, command !== 'test', isOfAll ? undefined : withIds(asked));
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  const chosen = chosenPolicies(given, loaded);
  switch (command) {
    case 'list': {
      if (given.json === true) {
        writeLines(terminal.stdout, jsonLines(asJson(chosen, loaded)));
        return exitCodes.ok;
      }
      writeLines(terminal.stdout, given.source === true ? describeSources(chosen) : list(chosen, loaded));
      return exitCodes.ok;
    }
    case 'show': {
      writeLines(terminal.stdout, show(String(argument), chosen, loaded));
      return exitCodes.ok;
    }
    case 'test': {
      const ids = idsToTest(asked ?? whatToTest([], given), chosen, loaded);
      // A policy's tests are about the policy as it was written, not about what packs make of it.
      const asWritten = loaded.all.filter((it) => ids.has(it.id));
      return await testPolicies(asWritten, loaded, given, terminal);
    }
  }
}

/** Those of the packs that are named, as these make them; without a name, every policy. */
function chosenPolicies(
  { pack, configuration }: Options,
  { all, policies }: LoadedPolicies,
): readonly EffectivePolicy[] {
  if (pack !== undefined) return policies;
  if (configuration === undefined) return all;
  const effective = new Map(policies.map((it) => [it.id, it]));
  return all.map((it) => effective.get(it.id) ?? it);
}

interface ToTest extends PathsToLint {
  readonly ids: readonly string[];
  readonly paths: readonly string[];
}

/** Policies by their ids, and those in files and folders; what stands on the disk under the name of no id is a path. */
function whatToTest(named: readonly string[], given: Options): ToTest {
  const isPath = (it: string): boolean => /[/\\]|\.ya?ml$/.test(it) || pathKind(it) !== undefined;
  const paths = named.filter(isPath);
  return { ...pathsToLint(paths, given), ids: named.filter((it) => !isPath(it)), paths };
}

/** A shipped policy stands in a folder that is named like it. */
function withIds({ readFiles, ids, isMeant }: ToTest): AskedFiles {
  return { readFiles, isMeant: (file) => isMeant(file) || ids.includes(basename(dirname(file))) };
}

/** The policies that are named, or else all that are chosen. */
function idsToTest(
  { ids: named, paths, isMeant }: ToTest,
  chosen: readonly EffectivePolicy[],
  loaded: LoadedPolicies,
): ReadonlySet<string> {
  const ids = new Set(chosen.map((it) => it.id));
  const inPaths = loaded.all
    .filter(({ file }) => paths.length > 0 && isMeantWithTests(file, isMeant))
    .map((it) => it.id);
  for (const path of paths) {
    const { isMeant: isIn } = pathsToLint([path], {});
    if (loaded.all.some(({ file }) => isMeantWithTests(file, isIn))) continue;
    throw new UsageError(`There is no policy in ${path}.`, 'A policy is a folder with a policy.yaml and a tests.yaml.');
  }
  for (const id of named) {
    if (ids.has(id)) continue;
    policyNamed(id, loaded);
    throw new UsageError(`Policy '${id}' is in none of the packs that --pack names.`, 'Leave out --pack.');
  }
  return named.length + paths.length === 0 ? ids : new Set([...named, ...inPaths]);
}

/** A policy is meant by its tests, too. */
function isMeantWithTests(file: string, isMeant: (file: string) => boolean): boolean {
  return (
    isMeant(file) ||
    isMeant(file.replace(/policy(\.ya?ml)$/, 'tests$1')) ||
    isMeant(file.replace(/(\.ya?ml)$/, '.tests$1'))
  );
}

function list(policies: readonly EffectivePolicy[], { packs }: LoadedPolicies): readonly string[] {
  const width = Math.max(...policies.map((it) => it.id.length));
  const rows = policies.map(({ id, document, isBuiltin, file, disabled }) => {
    const own = isBuiltin ? '' : `  (${file})`;
    const state = disabled === undefined ? '' : `  (disabled: ${disabled.reason})`;
    const { severity, target, title } = document;
    return `${id.padEnd(width)}  ${severity.padEnd(13)}  ${target.padEnd(12)}  ${prose(title)}${own}${state}`;
  });
  const named = packs.map(
    ({ id, title, policies: ids }) => `  ${id}: ${prose(title)}, ${counted(ids.length, 'policy', 'policies')}`,
  );
  return [...rows, '', 'Packs:', ...named];
}

/** What `list` says, for other tools. */
function asJson(policies: readonly EffectivePolicy[], { packs }: LoadedPolicies): object {
  return {
    schemaVersion: '1',
    policies: policies.map(
      ({ id, document: { title, severity, target, controls = {} }, isBuiltin, file, disabled }) => ({
        id,
        title,
        severity,
        target,
        controls,
        packs: packs.filter((pack) => pack.policies.includes(id)).map((pack) => pack.id),
        ...(isBuiltin ? {} : { file }),
        ...(disabled === undefined ? {} : { disabled: disabled.reason }),
      }),
    ),
    packs: packs.map(({ id, title, policies: ids }) => ({ id, title, policies: ids })),
  };
}

function show(id: string, chosen: readonly EffectivePolicy[], loaded: LoadedPolicies): readonly string[] {
  const policy = chosen.find((it) => it.id === id) ?? policyNamed(id, loaded);
  const { document, file } = policy;
  const inPacks = loaded.packs.filter((pack) => pack.policies.includes(id)).map((pack) => pack.id);
  return [
    `${document.id} (${document.severity}, checked on each ${document.target})`,
    prose(document.title),
    '',
    prose(document.description),
    `Why: ${prose(document.rationale)}`,
    '',
    ...(document.when === undefined ? [] : ['Applies when:', ...indented(document.when), '']),
    ...(document.activity === undefined
      ? []
      : ['Judged by trailproof activity:', ...indented(activityText(document.activity))]),
    ...(document.assert === undefined ? [] : ['Holds when:']),
    ...(document.assert ?? []).flatMap((it) => [`  ${it.id}:`].concat(indented(it.expr, 4))),
    '',
    ...parameterLines(policy),
    `How to fix it: ${prose(document.remediation.text)}`,
    ...(document.remediation.cli === undefined ? [] : indented(document.remediation.cli)),
    '',
    ...Object.entries(document.controls ?? {}).map(([framework, ids]) => `Control ${framework}: ${ids.join(', ')}`),
    ...(document.references ?? []).map((page) => `Read: ${page}`),
    `Packs: ${inPacks.length === 0 ? 'none' : inPacks.join(', ')}`,
    `File: ${file}`,
  ];
}

function parameterLines({ document: { params = {} } }: CompiledPolicy): string[] {
  const entries = Object.entries(params);
  if (entries.length === 0) return [];
  const described = entries.map(([name, { type, default: value, description }]) => {
    const shown = `  ${name}: ${type}, ${JSON.stringify(value)}`;
    return description === undefined ? shown : `${shown} – ${prose(description)}`;
  });
  return ['Parameters:', ...described, ''];
}

function indented(text: string, by = 2): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`);
}
