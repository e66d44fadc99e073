export { activityText } from './activity-text.js';
export { activityEnvironment, eventTypes } from './activity-environment.js';
export type { CompiledPolicy } from './compiled-policy.js';
export { evaluatePolicy, type AssertionResult, type Decision } from './evaluate-policy.js';
export { hasErrors, type Diagnostic } from './diagnostic.js';
export { formatDiagnostics } from './format-diagnostics.js';
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
export { PreparedFiles } from './prepared/prepared-files.js';
export { parseReference } from './packs/reference.js';
export type { Settings } from './packs/settings.js';
export { paramsObject, type ParameterValues } from './parameters.js';
export { readConfig, type ReadConfig } from './read-config.js';
export type { ConfigDocument } from './schema/config.js';
export type { PolicyDocument } from './schema/policy.js';
export { recordsIn } from './testing/event-fixtures.js';
export { mutatePolicy, type MutationRun, type Survivor } from './testing/mutate-policy.js';
export { junitTests, tapTests } from './testing/test-reports.js';
export { readPolicyPath, type PolicyFile } from './read-files.js';
export { formatTestRun } from './testing/format-test-run.js';
export type { YamlFile } from './yaml/yaml-file.js';
export { isTimeBound } from './time-bound.js';
export { neededCalls } from './needed-calls.js';
export { isUnitId, OrganizationalUnits, type NamedUnit } from './organizational-units.js';
export { runTests, type TestRun } from './testing/run-tests.js';
export { aboutFile, sortDiagnostics } from './diagnostic.js';
export { environmentOf, type Language } from './policy-environment.js';
export { readPolicyFiles, type ReadFiles } from './read-files.js';
export { readText, type ReadText } from './read-text.js';
export { describeSchemaErrors } from './schema-errors.js';
export type { Parameter } from './schema/policy.js';
export type { AttestationEntry } from './schema/attestations.js';
export type { WaiverEntry } from './schema/waivers.js';
export { controlProblems } from './controls.js';
export { checkAgainstSchema, type DocumentKind } from './schemas.js';
export { findDeepNesting, maxFileBytes } from './yaml/limits.js';
export { parseYaml } from './yaml/parse-yaml.js';
export { scalarOffsets } from './yaml/scalar-offsets.js';
export { at, type Range, type Remark } from './yaml/source.js';
export type { Path } from './yaml/yaml-file.js';
