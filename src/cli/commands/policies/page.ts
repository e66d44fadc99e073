import {
  activityText,
  type CompiledPolicy,
  type LoadedPolicies,
  type PolicyDocument,
  type TestRun,
} from '../../../policy/index.js';
import type { PageExample, PageParameter, PolicyPage } from '../../../report/index.js';

type Parameter = NonNullable<PolicyDocument['params']>[string];
type TestResult = TestRun['policies'][number]['tests'][number];

/** What the page of a policy says, with its tests as examples. */
export function pageOf(policy: CompiledPolicy, { packs }: LoadedPolicies, tests: readonly TestResult[]): PolicyPage {
  const { document } = policy;
  return {
    id: policy.id,
    title: document.title,
    severity: document.severity,
    target: document.target,
    description: document.description,
    rationale: document.rationale,
    remediation: document.remediation,
    ...(document.when === undefined ? {} : { when: document.when }),
    ...(document.activity === undefined ? {} : { activity: activityText(document.activity) }),
    assertions: (document.assert ?? []).map(({ id, expr, severity }) => {
      const finding = findingOf(id, tests);
      const shown = finding === undefined ? {} : { finding };
      return Object.assign({ id, expr, severity: severity ?? document.severity }, shown);
    }),
    onNoTargets: document['on-no-targets'] ?? 'NOT_APPLICABLE',
    parameters: Object.entries(document.params ?? {}).map(([name, it]) => parameterOf(name, it)),
    controls: document.controls ?? {},
    packs: packs.filter((pack) => pack.policies.includes(policy.id)).map((pack) => pack.id),
    references: document.references ?? [],
    examples: tests.map(exampleOf),
  };
}

/** The message of the first test in which the assertion fails, with the values of its fixture. */
function findingOf(assertion: string, tests: readonly TestResult[]): string | undefined {
  const start = `${assertion} fails: `;
  for (const { details } of tests) {
    const message = details.find((line) => line.startsWith(start));
    if (message !== undefined) return message.slice(start.length);
  }
  return undefined;
}

function exampleOf({ name, actual }: TestResult): PageExample {
  // A run tells of outcomes as tests write them: `NON_COMPLIANT [writes, reads]`.
  const [, outcome = actual, failing] = /^([A-Z_]+) \[(.*)\]$/.exec(actual) ?? [];
  return { name, outcome, failing: failing?.split(', ') ?? [] };
}

function parameterOf(name: string, declaration: Parameter): PageParameter {
  return {
    name,
    type: declaration.items === undefined ? declaration.type : `list of ${declaration.items.type}s`,
    default: declaration.default,
    allowed: allowedBy(declaration),
    description: declaration.description ?? '',
  };
}

function allowedBy({ minimum, maximum, enum: values, pattern, items, minItems }: Parameter): string {
  const oneOf = values ?? items?.enum;
  const form = pattern ?? items?.pattern;
  return [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(oneOf === undefined ? [] : [`${oneOf.length > 1 ? 'one of ' : ''}${oneOf.join(', ')}`]),
    ...(form === undefined ? [] : [`what matches ${form}`]),
    ...(minItems === undefined ? [] : [`${minItems} or more`]),
  ].join('; ');
}
