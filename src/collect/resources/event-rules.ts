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

type FoundRule = Omit<BusRule, 'evidence'>;

/**
 * The rules that may react to changes of trails, on the default event bus of each account and Region where trails can be
 * changed, once: a trail is changed in its home Region, by its owner, and one of the organization by the delegated
 * administrators, too. Where event buses are asked for, also theirs, and all rules that may react to an event of CloudTrail.
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
  const isWhole = asksAllEvents(eventBuses);
  return await context.limit(
    placesOf(trails, administrators, eventBuses),
    async (place) => await readPlace(context, place, isWhole),
  );
}

function placesOf(
  trails: readonly Trail[],
  administrators: readonly string[],
  eventBuses: readonly EventBus[],
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { accountId, homeRegion: region, description } of trails) {
    if (description.state === 'absent') continue;
    const ofOrganization = description.state === 'known' && description.value.isOrganizationTrail;
    for (const id of ofOrganization ? [accountId, ...administrators] : [accountId]) {
      places.set(`${id} ${region}`, { accountId: id, region });
    }
  }
  for (const { accountId, region } of eventBuses) {
    places.set(`${accountId} ${region}`, { accountId, region });
  }
  return [...places].toSorted(([a], [b]) => byText(a, b)).map(([, place]) => place);
}

/** Any event of CloudTrail is of interest, not only changes of trails: what one event bus sends on comes to another. */
export function asksAllEvents(eventBuses: readonly EventBus[]): boolean {
  return eventBuses.length > 0;
}

async function readPlace(context: Context, place: Place, isWhole: boolean): Promise<BusPlace> {
  const entered = await context.sessions.enter(place.accountId);
  if ('gap' in entered) return { ...place, rules: entered.gap, evidence: {} };
  const { it, evidence } = await readRulesOn(context, entered.session, { ...place, name: 'default' }, isWhole);
  return { ...place, rules: it, evidence };
}

interface NamedBus {
  readonly name: string;
  readonly region: string;
}

/** The rules of an event bus that may match, with what they start. */
export async function readRulesOn(
  context: Context,
  session: Session,
  bus: NamedBus,
  isWhole: boolean,
): Promise<Pick<BusPlace, 'evidence'> & { readonly it: Known<readonly BusRule[]> }> {
  const { region } = bus;
  const input: InputOf<typeof listRules> = { ...nameOf(bus), Limit: 100 };
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
  if (it.state !== 'known') return { it, evidence };
  const mayReact = isWhole ? mayReactToCloudTrail : mayReactToTrailChanges;
  const rules: BusRule[] = [];
  for (const rule of it.value) {
    if (rule === undefined || !mayReact(rule.pattern)) continue;
    rules.push(await withTargets(context, session, rule, bus));
  }
  return { it: known(rules), evidence };
}

/** Without a name: the default event bus, to which AWS's own services send. */
function nameOf({ name }: NamedBus): { readonly EventBusName?: string } {
  return name === 'default' ? {} : { EventBusName: name };
}

/** A rule that is disabled starts nothing. */
async function withTargets(context: Context, session: Session, rule: FoundRule, bus: NamedBus): Promise<BusRule> {
  if (rule.state === 'DISABLED') return { ...rule, evidence: {} };
  const input: InputOf<typeof listTargets> = { Rule: rule.name, ...nameOf(bus), Limit: 100 };
  const { it, evidence } = await context.aws.askAll(
    session,
    listTargets,
    input,
    { region: bus.region, resource: rule.arn },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Targets, 'Targets').map(normalizeRuleTarget),
    },
  );
  const targets: Known<readonly RuleTarget[]> = it;
  return { ...rule, targets, evidence };
}

/** What the rules of all these places and event buses start. */
export function targetsOf(places: readonly Partial<Pick<BusPlace, 'rules'>>[]): readonly string[] {
  return places.flatMap(({ rules }) =>
    rules?.state === 'known'
      ? rules.value.flatMap(({ targets }) => (targets?.state === 'known' ? targets.value.map((it) => it.arn) : []))
      : [],
  );
}
