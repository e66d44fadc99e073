import { stringify } from 'yaml';
import { formatFile } from '../formatting/format-file.js';
import type { DocumentKind } from '../../policy/index.js';
import { resourceKinds } from '../../model/resource-kinds.js';
import { starters, type Starter, type Target } from './starters.js';

/** Targets that a policy can be started for. */
export const starterTargets: readonly string[] = Object.keys(resourceKinds);

export interface NewPolicy {
  readonly id: string;
  readonly target: Target;
  /** What stands before `policy.v1.json` and `tests.v1.json` in the modelines, with its slash. */
  readonly schemas: string;
}

/** The two files of a policy that passes its own strict tests from the beginning; undefined for an unknown target. */
export function newPolicy({
  id,
  target,
  schemas,
}: NewPolicy): { readonly policy: string; readonly tests: string } | undefined {
  const starter = starterOf(target);
  if (starter === undefined) return undefined;
  return {
    policy: inStyle('policy', policyText(id, target, starter.it, schemas)),
    tests: inStyle('tests', testsText(starter, schemas)),
  };
}

interface Started {
  readonly variable: string;
  readonly it: Starter;
}

function starterOf(target: string): Started | undefined {
  const kind = Object.entries(resourceKinds).find(([type]) => type === target)?.[1];
  return kind === undefined ? undefined : { variable: kind.variable, it: starters[kind.variable] };
}

function policyText(id: string, target: Target, it: Starter, schemas: string): string {
  const words = id.replaceAll('-', ' ');
  return `# yaml-language-server: $schema=${schemas}policy.v1.json
version: 1
id: ${scalar(id)}
title: ${scalar(words.charAt(0).toUpperCase() + words.slice(1))}
severity: medium # critical, high, medium, low or informational
description: ${scalar(it.description)}
rationale: ${scalar(it.rationale)}
remediation:
  text: ${scalar(it.fix)}
target: ${target}
# when: an expression; where it does not hold, the outcome is NOT_APPLICABLE
assert:
  # trailproof policies fields ${target} lists what an expression may ask.
  - id: ${it.assertion}
    expr: ${scalar(it.expr)}
    message: ${scalar(it.message)}
`;
}

/**
 * Tests for a policy that has none: a picture of its target that is whole, and one test for each outcome, to be completed.
 * Undefined for an unknown target.
 *
 * @param assertions ids of those that are to fail
 */
export function newTests(
  target: string,
  { schemas, assertions }: { readonly schemas: string; readonly assertions: readonly string[] },
): string | undefined {
  const starter = starterOf(target);
  return starter === undefined ? undefined : inStyle('tests', testsText(starter, schemas, assertions));
}

function testsText({ variable, it }: Started, schemas: string, assertions: readonly string[] = [it.assertion]): string {
  return `# yaml-language-server: $schema=${schemas}tests.v1.json
version: 1
fixtures:
  compliant:
    now: "2026-11-21T00:00:00Z"
    ${variable}: ${it.compliant}
tests:
  - name: all is well
    from: compliant
    expect: COMPLIANT
  - name: it does not hold
    from: compliant
    ${it.change}
    expect: { NON_COMPLIANT: [${assertions.map(scalar).join(', ')}] }
  - name: what decides could not be read
    from: compliant
    set: { ${it.unread.field}: { $unread: "${it.unread.call}" } }
    expect: INSUFFICIENT_DATA
`;
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

function inStyle(kind: DocumentKind, text: string): string {
  const formatted = formatFile(kind, `a new ${kind}`, text);
  if ('text' in formatted) return formatted.text;
  throw new Error(`the ${kind} that was made is not YAML: ${formatted.diagnostics[0]?.message ?? ''}`);
}
