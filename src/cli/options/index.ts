export { attributeName, declareOptions } from './declare-options.js';
export type { OptionRow, ValueKind } from './option-row.js';
export { optionRows } from './option-table.js';
export { refuseEmpty } from './refuse-empty.js';
