export { fileDiagnoser, readViewSchema } from './editor/index.js';
export { describeFields } from './fields.js';
export { formatFile } from './formatting/format-file.js';
export { frame, MessageReader } from './lsp/framing.js';
export { exitWithoutShutdown, LanguageServer } from './lsp/server.js';
export { TextDocument } from './lsp/text-document.js';
export { newPolicy, starterTargets } from './starter/new-policy.js';
