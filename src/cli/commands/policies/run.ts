import { UsageError } from '../../../model/errors.js';
import { policyNamed } from '../../policies/find-policy.js';
import { activityText, type CompiledPolicy, type EffectivePolicy, type LoadedPolicies } from '../../../policy/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import { describeSources } from './sources.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import type { Terminal } from '../../process/terminal.js';
import { jsonLines } from '../../../report/index.js';
import { testPolicies, type TestOptions } from './test.js';
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
  const loaded = readPolicies(given, command === 'list' || command === 'show');
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
      // Commander gives a list for `[id...]`.
      const ids = idsToTest(argument as readonly string[], chosen, loaded);
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

/** The policies that are named, or else all that are chosen. */
function idsToTest(
  named: readonly string[],
  chosen: readonly EffectivePolicy[],
  loaded: LoadedPolicies,
): ReadonlySet<string> {
  const ids = new Set(chosen.map((it) => it.id));
  for (const id of named) {
    if (ids.has(id)) continue;
    if (isPath(id)) {
      throw new UsageError(`'${id}' is a path, and policies are tested by their ids.`, testFolder);
    }
    policyNamed(id, loaded);
    throw new UsageError(`Policy '${id}' is in none of the packs that --pack names.`, 'Leave out --pack.');
  }
  return named.length === 0 ? ids : new Set(named);
}

const testFolder = 'A folder of policies is named with --policies: trailproof policies test --policies my-policies';

function isPath(text: string): boolean {
  return /[/\\]|\.ya?ml$/.test(text);
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
