export type { CompiledPolicy } from './compiled-policy.js';
export { decide, type AssertionResult, type Decision } from './evaluate-policy.js';
export { hasErrors, type Diagnostic } from './diagnostic.js';
export { suggestion } from '../expression/index.js';
export { formatDiagnostics } from './format-diagnostics.js';
export { formatFile, type Formatted } from '../authoring/formatting/format-file.js';
export { loadPolicies, type LoadedPolicies } from './load.js';
export type { Configuration } from './packs/choose.js';
export {
  plainParams,
  underBindings,
  type BoundPolicy,
  type Disabled,
  type EffectivePolicy,
  type PolicyBinding,
} from './packs/effective-policy.js';
export type { Pack } from './packs/pack.js';
export { parseReference } from './packs/reference.js';
export type { Settings } from './packs/settings.js';
export type { ParameterValues } from './parameters.js';
export { readConfig, type ReadConfig } from './read-config.js';
export type { ConfigDocument } from './schema/config.js';
export type { PolicyDocument } from './schema/policy.js';
export { mutatePolicy, type MutationRun, type Survivor } from './testing/mutate-policy.js';
export { describeFields, type FieldDescription } from '../authoring/fields.js';
export { junitTests, tapTests } from './testing/test-reports.js';
export { readPolicyPath, type PolicyFile } from './read-files.js';
export { newPolicy, starterTargets } from '../authoring/starter/new-policy.js';
export { formatTestRun } from './testing/format-test-run.js';
export type { YamlFile } from './yaml/yaml-file.js';
export { isTimeBound } from './time-bound.js';
export { neededCalls } from './needed-calls.js';
export { isUnitId, OrganizationalUnits, type NamedUnit } from './organizational-units.js';
export { runTests, type TestRun } from './testing/run-tests.js';
export {
  loadWaivers,
  waive,
  type LoadedWaivers,
  type Waiver,
  type WaiverAccount,
  type WaiverFacts,
} from '../waivers/index.js';
