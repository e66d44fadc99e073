export type { CompiledPolicy } from './compiled-policy.js';
export { decide, type AssertionResult, type Decision } from './decide.js';
export { hasErrors, type Diagnostic } from './diagnostic.js';
export { suggestion } from './expression/index.js';
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
export { parseReference } from './packs/reference.js';
export type { Settings } from './packs/settings.js';
export type { ParameterValues } from './parameters.js';
export { readConfig, type ReadConfig } from './read-config.js';
export type { ConfigDocument } from './schema/config.js';
export type { PolicyDocument } from './schema/policy.js';
export { formatTestRun } from './testing/format-test-run.js';
export type { YamlFile } from './yaml/yaml-file.js';
export { runTests, type TestRun } from './testing/run-tests.js';
