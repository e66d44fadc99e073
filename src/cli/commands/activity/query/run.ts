import { PlacedPolicies } from '../../../../evaluate/index.js';
import { suggestion } from '../../../../expression/index.js';
import { UsageError } from '../../../../model/errors.js';
import { type CompiledPolicy, type EffectivePolicy, type LoadedPolicies } from '../../../../policy/index.js';
import {
  activityQuery,
  engineNames,
  queriedPolicy,
  queryEngines,
  templateFormats,
  type QueryEngine,
  type TemplateFormat,
} from '../../../../query/index.js';
import { policyNamed } from '../../../policies/find-policy.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../../policies/load-policies.js';
import { exitCodes } from '../../../process/exit-codes.js';
import type { Terminal } from '../../../process/terminal.js';
import { writeLines } from '../../../process/write-lines.js';
import { accountIds } from '../../../source/source-options.js';

/** As commander gives them: each declared in declare.ts. */
interface QueryFlags extends PolicyOptions {
  readonly for: string;
  readonly format: string;
  readonly account?: string;
  readonly exact?: true;
}

/** `trailproof activity query`: what a policy asks of events in the words of another engine. */
export async function queryCommand(id: string, given: unknown, terminal: Terminal): Promise<number> {
  const flags = given as QueryFlags;
  const engine = engineOf(flags.for);
  const format = formatOf(flags.format, engine);
  const [account] = accountIds('--account', flags.account === undefined ? [] : [flags.account]);
  const loaded = readPolicies(flags, true);
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  const policy = policyNamed(id, loaded);
  const { inForce, isBound } = paramsOf(policy, loaded, account);
  const queried = queriedPolicy(inForce);
  if (queried === undefined) {
    throw new UsageError(
      `${id} judges a state, not events.`,
      `Policies on events: trailproof policies list --pack activity.`,
    );
  }
  const query = activityQuery(queried, engine, format);
  if (query.text === undefined) throw nothingSaid(id, engine, query.isNever, query.leftOut);
  if (flags.exact === true && query.leftOut.length > 0) {
    writeLines(terminal.stderr, [
      `${capital(engineNames[engine])} cannot say all that ${id} asks:`,
      ...query.leftOut.map((it) => `  ${it}`),
      'Without --exact these parts are left out, and more events come.',
    ]);
    return exitCodes.incomplete;
  }
  const isCommented = format !== 'text' || (engine !== 'eventbridge' && engine !== 'filter-pattern');
  writeLines(terminal.stdout, query.text.trimEnd().split('\n'));
  const remarks = isCommented ? [] : [...query.notes, ...query.leftOut.map((it) => `  ${it}`)];
  writeLines(terminal.stderr, [...remarks, ...boundRemark(id, isBound)]);
  return exitCodes.ok;
}

function engineOf(text: string): QueryEngine {
  const engine = queryEngines.find((it) => it === text);
  if (engine !== undefined) return engine;
  throw new UsageError(`There is no engine '${text}'.`, suggestion(text, [...queryEngines], 'one of'));
}

function formatOf(text: string, engine: QueryEngine): TemplateFormat | 'text' {
  if (text === 'text') return text;
  const format = templateFormats.find((it) => it === text);
  if (format === undefined) {
    throw new UsageError(`There is no format '${text}' for activity query.`, 'One of text, cloudformation, terraform.');
  }
  if (engine === 'eventbridge' || engine === 'filter-pattern') return format;
  throw new UsageError(`--format ${format} has no effect with --for ${engine}.`, 'Only patterns have templates.');
}

/** The policy with the parameters in force. Those of packs hold everywhere, those of bindings in the account that is named. */
function paramsOf(
  policy: CompiledPolicy,
  { policies }: LoadedPolicies,
  account: string | undefined,
): { readonly inForce: CompiledPolicy; readonly isBound: boolean } {
  const effective = policies.find((it) => it.id === policy.id);
  if (effective === undefined) return { inForce: policy, isBound: false };
  if (account === undefined) return { inForce: effective, isBound: hasBindings(effective) };
  const placed = new PlacedPolicies([effective], undefined).policyIn(policy.id, account);
  if (placed.kind === 'enabled') return { inForce: placed.policy, isBound: false };
  throw new UsageError(`${policy.id} is not asked in account ${account}.`, 'A pack disables it there.');
}

function hasBindings({ bindings = [] }: EffectivePolicy): boolean {
  return bindings.length > 0;
}

function boundRemark(id: string, isBound: boolean): readonly string[] {
  if (!isBound) return [];
  return [`A pack sets ${id} otherwise in some accounts: name one with --account.`];
}

function nothingSaid(id: string, engine: QueryEngine, isNever: boolean, leftOut: readonly string[]): UsageError {
  if (isNever) {
    return new UsageError(
      `With its parameters, ${id} is about no event.`,
      'Set them in a pack, and name it with --pack.',
    );
  }
  const parts = leftOut.map((it) => `\n  ${it}`).join('');
  return new UsageError(
    `${capital(engineNames[engine])} can say nothing of what ${id} asks:${parts}`,
    'Ask another engine with --for, or trailproof activity.',
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
