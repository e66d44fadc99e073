export { fileDiagnoser, readViewSchema } from './editor/index.js';
export { describeFields } from './fields.js';
export { formatFile } from './formatting/format-file.js';
export { serveEditor } from './lsp/server.js';
export { newPolicy, starterTargets } from './starter/new-policy.js';
