export { guardAt } from '../../expression/index.js';
export { complete, describeAt, readViewSchema, type Completion } from '../../expression/index.js';
export { fixtureDefinition, parameterDefinition } from './definitions.js';
export { fileDiagnoser, type DiagnoseFile } from './diagnose-file.js';
export { expressionAt, type ExpressionAt } from './expression-at.js';
export { companionOf, policyFileAt } from './policy-file.js';
export type { Language } from '../../policy/index.js';
