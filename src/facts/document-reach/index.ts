export { documentReach, type DocumentUse } from './document-reach.js';
export { type Controls, type DocumentSetting, noControls, type Reach } from './setting.js';
