/**
 * Trailproof as a library: read an inventory, load policies, evaluate, render. Importing it loads no AWS SDK and
 * changes nothing global; {@link collect} loads the SDK when it is called.
 *
 *     const inventory = await loadInventory('inventory.json.gz');
 *     const { policies, diagnostics } = loadPolicies({ packs: ['baseline'] });
 *     const results = evaluate(inventory, policies, { startedAt, finishedAt, version: '1.0.0' });
 *     for (const chunk of render('markdown', results)) process.stdout.write(chunk);
 */
import type { CollectOptions } from './collect/index.js';
import type { Inventory } from './model/inventory.js';
import { packageFile, readPackageJson } from './package-file.js';
import { UsageError } from './model/errors.js';
import { loadPolicies as load, type CompiledPolicy, type LoadedPolicies } from './policy/index.js';
import {
  activityQuery as query,
  queriedPolicy,
  type ActivityQuery,
  type QueryEngine,
  type TemplateFormat,
} from './query/index.js';
import { viewFunctions } from './view/index.js';

export { loadInventory, saveInventory } from './storage/index.js';
export type { CollectOptions, CollectProgress } from './collect/index.js';
export { evaluate, followUp, uploadable, withWaivers, type RunInfo, type Uploadable } from './evaluate/index.js';
export {
  alarmChains,
  alarmSubjects,
  coverageOfEventPatterns,
  coverageOfMetricFilters,
  describeCoverage,
  eventReactions,
  iam,
  judgeAlarms,
  matchesEventText,
  matchesRecord,
  parseEventPattern,
  parseFilterPattern,
  recordsManagementEvents,
  requiredEvents,
  requiresReads,
  standardPatterns,
  trailChanges,
  type AlarmChains,
  type AlarmDemands,
  type AlarmsOfRegion,
  type AlarmSubject,
  type AlarmVerdict,
  type BusPlace,
  type BusRule,
  type Chain,
  type ChainAlarm,
  type ChainFilter,
  type ChainSources,
  type ChainTopic,
  type ChainTrail,
  type CompositeAlarm,
  type EventChain,
  type EventPattern,
  type EventPatternProblem,
  type EventReaction,
  type EventReactions,
  type EventRuleCoverage,
  type FilterPattern,
  type MetricFilterCoverage,
  type MetricFilterOptions,
  type OtherBus,
  type ParsedEventPattern,
  type ParsedFilterPattern,
  type PatternProblem,
  type Reaction,
  type RuleSources,
  type SubjectChains,
} from './facts/index.js';
export { InterruptedError, UsageError } from './model/errors.js';
export type * from './model/inventory.js';
export type { Absent, Known, KnownValue, Unknown } from './model/known.js';
export type {
  Evaluation,
  Outcome,
  PolicySummary,
  Results,
  Severity,
  Target,
  TargetType,
  WaiverState,
} from './model/results.js';
export {
  formatDiagnostics,
  type CompiledPolicy,
  type Diagnostic,
  type EffectivePolicy,
  type LoadedPolicies,
  type Pack,
} from './policy/index.js';
export { queryEngines, type ActivityQuery, type QueryEngine, type TemplateFormat } from './query/index.js';
export { loadWaivers, type LoadedWaivers, type Waiver } from './waivers/index.js';
export { findingsOf, formatNames, render, type Finding, type Format, type ReportOptions } from './report/index.js';

export interface PolicyChoice {
  /**
   * Packs: ids, `builtin:<id>`, files, folders, `npm:<package>`; of two values the later pack's is in force. Default:
   * `baseline`.
   */
  readonly packs?: readonly string[];
  /** Folders of policies of one's own. */
  readonly folders?: readonly string[];
}

/**
 * Loads the shipped policies of the chosen packs, and all policies of one's own folders.
 *
 * @returns the policies, and all that is wrong in their files: with an error among the diagnostics they are not to be
 * used.
 * @throws UsageError when a pack does not exist.
 */
export function loadPolicies({ packs = ['baseline'], folders = [] }: PolicyChoice = {}): LoadedPolicies {
  return load({
    builtin: packageFile('policies'),
    folders,
    packs,
    functions: viewFunctions,
    viewSchema: readPackageJson('schema/view.v1.json'),
    withoutTests: true,
  });
}

/**
 * What a policy on events asks of one event in the words of another engine, ready to paste: SQL, a pattern, a filter, or
 * a template for a pattern. What the engine cannot say is left out so that more events come, and is told.
 *
 * @param policy - with the parameters that are in force
 * @throws UsageError for a policy that judges a state, and for a template of what has none
 */
export function activityQuery(
  policy: CompiledPolicy,
  engine: QueryEngine,
  format: TemplateFormat | 'text' = 'text',
): ActivityQuery {
  const queried = queriedPolicy(policy);
  if (queried === undefined) throw new UsageError(`${policy.id} judges a state, not events.`);
  if (format !== 'text' && engine !== 'eventbridge' && engine !== 'filter-pattern') {
    throw new UsageError(`There is no template for ${engine}.`, 'Only patterns have templates.');
  }
  return query(queried, engine, format);
}

/**
 * Reads the live state of AWS with the credentials that every AWS tool finds.
 *
 * @throws UsageError when nothing can be read, InterruptedError when it was stopped before anything was.
 */
export async function collect(options: CollectOptions): Promise<Inventory> {
  const live = await import('./collect/index.js');
  return await live.collect(options);
}
