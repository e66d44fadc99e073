import type { BusPlace, BusRule, EventBus, RuleTarget, Trail } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { normalizeRule, normalizeRuleTarget, required } from '../../normalize/index.js';
import { byText } from '../../text/order.js';
import type { InputOf } from '../aws/operations/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { mayReactToCloudTrail, mayReactToTrailChanges } from './rule-relevance.js';

const listRules = 'events:ListRules';
const listTargets = 'events:ListTargetsByRule';

type Place = Pick<BusPlace, 'accountId' | 'region'>;

interface Asked {
  readonly place: Place;
  /** Any event of CloudTrail is of interest there, not only changes of trails. */
  readonly isWhole: boolean;
}

type FoundRule = Omit<BusRule, 'evidence'>;

/**
 * The rules that may react to changes of trails, on the default event bus of each account and Region where trails can be
 * changed, once: a trail is changed in its home Region, by its owner, and one of the organization by the delegated
 * administrators, too. On the event buses that are asked for, all rules that may react to an event of CloudTrail.
 *
 * @returns undefined where rules are not asked for.
 */
export async function readEventRules(
  context: Context,
  trails: readonly Trail[],
  administrators: readonly string[],
  eventBuses: readonly EventBus[],
): Promise<BusPlace[] | undefined> {
  if (!context.aws.isSelected(listRules)) return undefined;
  return await context.limit(
    placesOf(trails, administrators, eventBuses),
    async (asked) => await readPlace(context, asked),
  );
}

function placesOf(
  trails: readonly Trail[],
  administrators: readonly string[],
  eventBuses: readonly EventBus[],
): readonly Asked[] {
  const places = new Map<string, Asked>();
  for (const { accountId, homeRegion: region, description } of trails) {
    if (description.state === 'absent') continue;
    const ofOrganization = description.state === 'known' && description.value.isOrganizationTrail;
    for (const id of ofOrganization ? [accountId, ...administrators] : [accountId]) {
      places.set(`${id} ${region}`, { place: { accountId: id, region }, isWhole: false });
    }
  }
  for (const { accountId, region } of eventBuses) {
    places.set(`${accountId} ${region}`, { place: { accountId, region }, isWhole: true });
  }
  return [...places].toSorted(([a], [b]) => byText(a, b)).map(([, place]) => place);
}

async function readPlace(context: Context, { place, isWhole }: Asked): Promise<BusPlace> {
  const { accountId, region } = place;
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...place, rules: entered.gap, evidence: {} };
  const { session } = entered;
  // Without a name: the default event bus, to which AWS's own services send.
  const input: InputOf<typeof listRules> = { Limit: 100 };
  const { it, evidence } = await context.aws.askAll(
    session,
    listRules,
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Rules, 'Rules').map(normalizeRule),
    },
  );
  if (it.state !== 'known') return { ...place, rules: it, evidence };
  const mayReact = isWhole ? mayReactToCloudTrail : mayReactToTrailChanges;
  const rules: BusRule[] = [];
  for (const rule of it.value) {
    if (rule === undefined || !mayReact(rule.pattern)) continue;
    rules.push(await withTargets(context, session, rule, region));
  }
  return { ...place, rules: known(rules), evidence };
}

/** A rule that is disabled starts nothing. */
async function withTargets(context: Context, session: Session, rule: FoundRule, region: string): Promise<BusRule> {
  if (rule.state === 'DISABLED') return { ...rule, evidence: {} };
  const input: InputOf<typeof listTargets> = { Rule: rule.name, Limit: 100 };
  const { it, evidence } = await context.aws.askAll(
    session,
    listTargets,
    input,
    { region, resource: rule.arn },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Targets, 'Targets').map(normalizeRuleTarget),
    },
  );
  const targets: Known<readonly RuleTarget[]> = it;
  return { ...rule, targets, evidence };
}

/** What the rules of all places start. */
export function targetsOf(places: readonly BusPlace[]): readonly string[] {
  return places.flatMap(({ rules }) =>
    rules.state === 'known'
      ? rules.value.flatMap(({ targets }) => (targets?.state === 'known' ? targets.value.map((it) => it.arn) : []))
      : [],
  );
}
