import { UsageError } from '../../model/errors.js';
import { suggestion, type CompiledPolicy, type LoadedPolicies } from '../../policy/index.js';
import { exitCodes } from '../exit-codes.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../load-policies.js';
import { readWaivers, type WaiverOptions } from '../load-waivers.js';
import type { Terminal } from '../terminal.js';
import { testPolicies, type TestOptions } from './policies-test.js';

export type PoliciesCommand = 'list' | 'show' | 'lint' | 'test';

/** `trailproof policies`: the shipped policies and the user's own. */
export async function policiesCommand(
  command: PoliciesCommand,
  argument: unknown,
  options: unknown,
  terminal: Terminal,
): Promise<number> {
  // Commander gives each option that program.ts declares the type it declares there.
  const given = options as PolicyOptions & WaiverOptions & TestOptions;
  const loaded = readPolicies(given, command === 'list' || command === 'show');
  const checked = readWaivers(given, loaded);
  if (!reportDiagnostics(checked, terminal)) return exitCodes.usage;
  const chosen = given.pack === undefined ? loaded.all : loaded.policies;
  switch (command) {
    case 'list': {
      list(chosen, loaded, terminal);
      return exitCodes.ok;
    }
    case 'show': {
      show(String(argument), loaded, terminal);
      return exitCodes.ok;
    }
    case 'lint': {
      const warnings = checked.diagnostics.length;
      const noted = warnings === 0 ? 'nothing to complain about' : `${warnings} warnings`;
      const count = checked.waivers.length;
      const waivers = given.waivers === undefined ? '' : `, ${count} ${count === 1 ? 'waiver' : 'waivers'}`;
      terminal.stdout.write(`${loaded.all.length} policies, ${loaded.packs.length} packs${waivers}: ${noted}\n`);
      return exitCodes.ok;
    }
    case 'test': {
      return await testPolicies(chosen, loaded, given, terminal);
    }
  }
}

function list(policies: readonly CompiledPolicy[], { packs }: LoadedPolicies, terminal: Terminal): void {
  const width = Math.max(...policies.map((it) => it.id.length));
  for (const { id, document, isBuiltin, file } of policies) {
    const own = isBuiltin ? '' : `  (${file})`;
    terminal.stdout.write(
      `${id.padEnd(width)}  ${document.severity.padEnd(13)}  ${document.target.padEnd(12)}  ${document.title}${own}\n`,
    );
  }
  terminal.stdout.write('\nPacks:\n');
  for (const { id, title, policies: ids } of packs)
    terminal.stdout.write(`  ${id}: ${title}, ${ids.length} policies\n`);
}

function show(id: string, { all, packs }: LoadedPolicies, terminal: Terminal): void {
  const policy = all.find((it) => it.id === id);
  if (policy === undefined) {
    throw new UsageError(
      `There is no policy '${id}'.`,
      suggestion(
        id,
        all.map((it) => it.id),
        'there are',
      ),
    );
  }
  const { document, file } = policy;
  const inPacks = packs.filter((pack) => pack.policies.includes(id)).map((pack) => pack.id);
  const lines = [
    `${document.id} (${document.severity}, asked of each ${document.target})`,
    document.title,
    '',
    document.description,
    `Why: ${document.rationale}`,
    '',
    ...(document.when === undefined ? [] : ['Applies when:', indented(document.when), '']),
    'Holds when:',
    ...document.assert.flatMap((it) => [`  ${it.id}:`, indented(it.expr, 4)]),
    '',
    ...parameterLines(policy),
    `How to fix it: ${document.remediation.text}`,
    ...(document.remediation.cli === undefined ? [] : [indented(document.remediation.cli)]),
    '',
    ...Object.entries(document.controls ?? {}).map(([framework, ids]) => `Control ${framework}: ${ids.join(', ')}`),
    ...(document.references ?? []).map((page) => `Read: ${page}`),
    `Packs: ${inPacks.length === 0 ? 'none' : inPacks.join(', ')}`,
    `File: ${file}`,
  ];
  terminal.stdout.write(`${lines.join('\n')}\n`);
}

function parameterLines({ document: { params = {} } }: CompiledPolicy): string[] {
  const entries = Object.entries(params);
  if (entries.length === 0) return [];
  const described = entries.map(([name, { type, default: value, description }]) => {
    const shown = `  ${name}: ${type}, ${JSON.stringify(value)}`;
    return description === undefined ? shown : `${shown} – ${description}`;
  });
  return ['Parameters:', ...described, ''];
}

function indented(text: string, by = 2): string {
  return text.trimEnd().replaceAll(/^/gm, ' '.repeat(by));
}
