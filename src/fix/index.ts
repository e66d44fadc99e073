export { hclBlock, hclName } from './hcl.js';
export { planFixes, type Choice } from './plan.js';
export { cloudFormationTemplates, type Template } from './print/cloudformation.js';
export { shellPlan, type AccountLabels } from './print/shell.js';
export { terraformPlan } from './print/terraform.js';
export type { FixPlan } from './step.js';
