import { parseArn } from '../../model/identifiers.js';
import type { BusPlace, RuleTarget, TargetBus } from '../../model/inventory.js';
import { absent, known, mapKnown, type Known } from '../../model/known.js';
import { normalizeEventBus, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { readRulesOn } from './event-rules.js';

const listEventBuses = 'events:ListEventBuses';

/**
 * The event buses to which rules send events on, each once, with their policies and rules, in the accounts that own them.
 * Their own rules send none on to further ones.
 *
 * @param isWhole any event of CloudTrail is of interest, not only changes of trails
 * @returns undefined where rules are not asked for
 */
export async function readTargetBuses(
  context: Context,
  places: readonly BusPlace[] | undefined,
  isWhole: boolean,
): Promise<TargetBus[] | undefined> {
  if (places === undefined || !context.aws.isSelected(listEventBuses)) return undefined;
  const arns = new Set(
    sendingTargets(places)
      .map(({ target }) => target)
      .filter(isBus)
      .map(({ arn }) => arn),
  );
  const isRead = new Set(places.map(({ accountId, region }) => `${accountId} ${region}`));
  return await context.limit([...arns].toSorted(), async (arn) => {
    const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
    const bus = { arn, name: resource.replace(/^event-bus\//, ''), accountId, region };
    const asksRules = bus.name !== 'default' || !isRead.has(`${accountId} ${region}`);
    return await readTargetBus(context, bus, asksRules, isWhole);
  });
}

/** An account's event bus with its rules, where they were asked for. */
export type WithRules = Pick<BusPlace, 'accountId'> & Partial<Pick<BusPlace, 'rules'>>;

interface SendingTarget {
  readonly target: RuleTarget;
  readonly accountId: string;
}

/** Topics and event buses to which these rules send, with the account of the rule. */
export function sendingTargets(places: readonly WithRules[]): readonly SendingTarget[] {
  return places.flatMap(({ accountId, rules }) =>
    (rules?.state === 'known' ? rules.value : []).flatMap(({ targets }) =>
      (targets?.state === 'known' ? targets.value : [])
        .filter((it) => isBus(it) || parseArn(it.arn)?.service === 'sns')
        .map((target) => ({ target, accountId })),
    ),
  );
}

function isBus({ arn }: RuleTarget): boolean {
  return /^arn:[^:]+:events:[^:]+:\d{12}:event-bus\//.test(arn);
}

type NamedBus = Pick<TargetBus, 'arn' | 'name' | 'accountId' | 'region'>;

async function readTargetBus(
  context: Context,
  bus: NamedBus,
  asksRules: boolean,
  isWhole: boolean,
): Promise<TargetBus> {
  const entered = await context.sessions.enter(bus.accountId);
  if ('gap' in entered) {
    return {
      ...bus,
      busArn: entered.gap,
      policy: entered.gap,
      ...(asksRules ? { rules: entered.gap } : {}),
      evidence: {},
    };
  }
  const { session } = entered;
  const found = await describe(context, session, bus);
  const { it, evidence } = found;
  const policy = it.state === 'known' ? it.value.policy : undefined;
  const read = {
    ...bus,
    busArn: mapKnown(it, ({ arn }) => arn),
    policy: it.state === 'unknown' ? it : policy === undefined ? absent : known(policy),
  };
  if (it.state === 'absent' || !asksRules) return { ...read, evidence };
  const rules = await readRulesOn(context, session, bus, isWhole);
  return { ...read, rules: rules.it, evidence: { ...evidence, ...rules.evidence } };
}

/** Names that begin alike are listed, too. */
async function describe(context: Context, session: Session, { arn, name, region }: NamedBus) {
  const input = { NamePrefix: name, Limit: 100 };
  const { it, evidence } = await context.aws.askAll(
    session,
    listEventBuses,
    input,
    { region, resource: arn },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.EventBuses, 'EventBuses').map(normalizeEventBus),
    },
  );
  if (it.state !== 'known') return { it, evidence };
  const found = it.value.find((bus) => bus.name === name);
  const bus: Known<NonNullable<typeof found>> = found === undefined ? absent : { state: 'known', value: found };
  return { it: bus, evidence };
}
