import type { ControlPolicy } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

/** The control policies of one kind, as the organization's management account or a delegate may see them. */
export interface ControlPolicies {
  readonly it: Known<readonly ControlPolicy[]>;
  readonly evidence: Readonly<Record<string, string>>;
}

/** What tells which control policies bind an account. */
export const controlCalls = [
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
] as const;

/**
 * Every control policy of a type, with its text and what it is attached to: each once, two calls a policy, one after
 * the other, as DescribePolicy may be asked twice a second.
 *
 * @param policyTypes those that the organization has switched on: of another there is nothing that works
 */
export async function readControlPolicies(
  context: Context,
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  policyTypes: Known<readonly string[]>,
): Promise<ControlPolicies> {
  if (policyTypes.state !== 'known') return { it: policyTypes, evidence: {} };
  if (!policyTypes.value.includes(type)) return { it: known([]), evidence: {} };
  const { aws, sessions, region } = context;
  const input = { Filter: type };
  const listed = await aws.askAll(
    sessions.base,
    'organizations:ListPolicies',
    input,
    { region, resource: type },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.Policies, 'Policies').map(({ Id, Name }) => ({
          id: required(Id, 'Policy.Id'),
          name: Name ?? required(Id, 'Policy.Id'),
        })),
    },
  );
  if (listed.it.state !== 'known') return { it: listed.it, evidence: listed.evidence };
  const evidence: Record<string, string> = { ...listed.evidence };
  const policies: ControlPolicy[] = [];
  for (const { id, name } of listed.it.value) {
    const { policy, evidence: more } = await readControlPolicy(context, id, name);
    Object.assign(evidence, more);
    policies.push(policy);
  }
  return { it: known(policies), evidence };
}

async function readControlPolicy(
  { aws, sessions, region }: Context,
  id: string,
  name: string,
): Promise<{ readonly policy: ControlPolicy; readonly evidence: Readonly<Record<string, string>> }> {
  const input = { PolicyId: id };
  const place = { region, resource: id };
  const content = await aws.ask(sessions.base, 'organizations:DescribePolicy', input, place, ({ Policy: it }) =>
    required(it?.Content, 'Policy.Content'),
  );
  const targets = await aws.askAll(sessions.base, 'organizations:ListTargetsForPolicy', input, place, {
    token: (output) => output.NextToken,
    next: (NextToken) => ({ ...input, NextToken }),
    items: (output) => required(output.Targets, 'Targets').map((it) => required(it.TargetId, 'TargetId')),
  });
  return {
    policy: { id, name, content: content.it, targets: targets.it },
    evidence: { ...content.evidence, ...targets.evidence },
  };
}
