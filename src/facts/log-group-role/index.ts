export { roleDocuments } from './role-documents.js';
export { type Refusal, type RoleSetting, type RoleWriting, roleWriting } from './role-writing.js';
