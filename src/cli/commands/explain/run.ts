import { policyNamed } from '../../policies/find-policy.js';
import { evaluate } from '../../../evaluate/index.js';
import { suggestion } from '../../../expression/index.js';
import type { CompiledPolicy, EffectivePolicy, LoadedPolicies } from '../../../policy/index.js';
import { explainText, jsonLines } from '../../../report/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Evaluation, Outcome, Results } from '../../../model/results.js';
import { callsForMore } from '../../policies/calls-beyond-policies.js';
import { exitCodes } from '../../process/exit-codes.js';
import { namesTags, readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { readInventory } from '../../source/read-inventory.js';
import type { SourceChoice } from '../../source/source-choice.js';
import { parseSourceOptions } from '../../source/source-options.js';
import { columnsOf, wantsColor, type Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { counted } from '../../../text/plural.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
interface ExplainOptions extends PolicyOptions, SourceChoice {
  readonly target?: string;
  readonly event?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `trailproof explain`: why a policy decided as it did on its targets. */
export async function explainCommand(id: string, options: unknown, terminal: Terminal): Promise<number> {
  const given = options as ExplainOptions;
  if (given.event !== undefined) {
    const { explainEvents } = await import('./explain-events.js');
    return await explainEvents(id, { ...given, event: given.event }, terminal);
  }
  const sourceOptions = parseSourceOptions(options);
  const loaded = readPolicies(given, true);
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  const policy = policyNamed(id, loaded);
  if (policy.activity !== undefined) {
    throw new UsageError(
      `${id} judges events, not a state: there is no target to explain it on.`,
      'Explain it on records of CloudTrail: --event FILE. trailproof activity shows the events of each incident.',
    );
  }
  const policies = inForce(loaded).filter((it) => it.activity === undefined);
  const accountTags = namesTags(policies);
  const inventory = await readInventory(given, sourceOptions, async () => {
    const { collectFrom } = await import('../../source/collect-from-aws.js');
    const calls = await callsForMore([policy]);
    return await collectFrom(given, sourceOptions, { terminal, quiet: given.quiet === true, calls, accountTags });
  });
  const { capturedAt } = inventory;
  const results = evaluate(inventory, policies, {
    startedAt: capturedAt,
    finishedAt: capturedAt,
    version: version(),
  });
  const evaluations = chosen(results, policy, given.target);
  if (given.json === true) {
    writeLines(terminal.stdout, jsonLines(asJson(evaluations, results)));
    return exitCodes.ok;
  }
  const { document } = policy;
  const explained = {
    id,
    title: document.title,
    ...(document.when === undefined ? {} : { when: document.when }),
    assertions: document.assert ?? [],
  };
  const look = { columns: columnsOf(terminal), color: wantsColor(terminal) };
  for (const chunk of explainText(explained, evaluations, results, look)) terminal.stdout.write(chunk);
  return exitCodes.ok;
}

/** All policies, as the cause of a finding may be another one's; those of the packs with the values that these set. */
function inForce({ all, policies }: LoadedPolicies): readonly EffectivePolicy[] {
  const byId = new Map(policies.filter((it) => it.disabled === undefined).map((it) => [it.id, it]));
  return all.map((it) => byId.get(it.id) ?? it);
}

const worstFirst: readonly Outcome[] = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT', 'NOT_APPLICABLE'];

/** The policy's evaluations, worst first; with `target` those of the one that is known by this ARN, id or name. */
function chosen(results: Results, policy: CompiledPolicy, target: string | undefined): readonly Evaluation[] {
  const all = results.evaluations
    .filter((it) => it.policyId === policy.id)
    .toSorted((a, b) => worstFirst.indexOf(a.outcome) - worstFirst.indexOf(b.outcome));
  if (target === undefined) return all;
  const found = all.filter((it) => namesOf(it).includes(target));
  if (found.length > 0) return found;
  throw new UsageError(
    `${policy.id} was not evaluated on '${target}': it has ${counted(all.length, 'target')} of type ${policy.target}.`,
    suggestion(target, [...new Set(all.flatMap(namesOf))], 'for example'),
  );
}

function namesOf({ target }: Evaluation): string[] {
  return [target.id, target.arn, target.name].filter((it) => it !== undefined);
}

/** The evaluations with what they point to: evidence, gaps and the cause, each in full. */
function asJson(evaluations: readonly Evaluation[], { evidence, gaps, evaluations: all }: Results): object {
  return evaluations.map((it) => ({
    ...it,
    evidence: evidence.filter((item) => it.evidence.includes(item.id)),
    gaps: gaps.filter((gap) => it.gaps.includes(gap.id)),
    ...(it.causedBy === undefined ? {} : { cause: all.find((other) => other.fingerprint === it.causedBy) }),
  }));
}
