export type { CompiledPolicy } from './compiled-policy.js';
export { decide, type AssertionResult, type Decision } from './decide.js';
export { hasErrors, type Diagnostic } from './diagnostic.js';
export { suggestion } from './expression/index.js';
export { formatDiagnostics } from './format-diagnostics.js';
export { loadPolicies, type LoadedPolicies } from './load.js';
export type { Pack } from './packs.js';
export type { ParameterValues } from './parameters.js';
export type { PolicyDocument } from './schema/policy.js';
export { formatTestRun } from './testing/format-test-run.js';
export { runTests, type TestRun } from './testing/run-tests.js';
export {
  loadWaivers,
  waive,
  type LoadedWaivers,
  type Waiver,
  type WaiverAccount,
  type WaiverFacts,
} from './waivers/index.js';
