import type { PolicySummary } from '../../model/results.js';
import { escapedProse, fenced } from '../markdown/escape.js';
import { policyPageOf } from '../parts/policy-link.js';
import { controlLabels, recipes } from '../parts/remediation.js';
import { prose, shortened, visible } from '../../text/printable.js';
import type { SarifRule } from './log.js';
import { pascalCase } from './pascal-case.js';
import { sarifSeverity } from './severity.js';
import { tagsOf } from './tags.js';

/** A policy as a rule. GitHub refuses empty texts, so a policy without a description shows its title instead. */
export function sarifRule(policy: PolicySummary): SarifRule {
  const { level, problem, score } = sarifSeverity(policy.severity);
  const title = prose(policy.title) || policy.id;
  const page = policyPageOf(policy);
  return {
    id: policy.id,
    name: pascalCase(policy.id),
    shortDescription: { text: shortened(title, 100) },
    fullDescription: { text: shortened(prose(policy.description) || title, 1024) },
    help: { text: helpText(policy), markdown: helpMarkdown(policy) },
    ...(page === undefined ? {} : { helpUri: page }),
    defaultConfiguration: { level },
    properties: {
      precision: 'very-high',
      'problem.severity': problem,
      ...(score === undefined ? {} : { 'security-severity': score }),
      tags: tagsOf(policy.controls),
    },
  };
}

function helpText(policy: PolicySummary): string {
  const controls = controlLabels(policy.controls);
  return [
    `Why it matters: ${prose(policy.rationale || policy.description || policy.title)}`,
    `How to fix: ${prose(policy.remediation.text)}`,
    ...recipes(policy.remediation).map(({ label, content }) => `${label}: ${printed(content)}`),
    ...(controls.length === 0 ? [] : [`Controls: ${controls.map(visible).join(', ')}`]),
  ].join('\n');
}

function helpMarkdown(policy: PolicySummary): string {
  const controls = controlLabels(policy.controls);
  return [
    `**Why it matters.** ${escapedProse(policy.rationale || policy.description || policy.title)}`,
    `**How to fix.** ${escapedProse(policy.remediation.text)}`,
    ...recipes(policy.remediation).map(({ label, language, content }) =>
      language === undefined
        ? `**${label}.** ${escapedProse(content)}`
        : `**${label}**\n\n${fenced(language, content)}`,
    ),
    ...(controls.length === 0 ? [] : [`**Controls.** ${controls.map(escapedProse).join(', ')}`]),
  ].join('\n\n');
}

/** Several lines, each printable. */
function printed(content: string): string {
  return content.trimEnd().split('\n').map(visible).join('\n');
}
