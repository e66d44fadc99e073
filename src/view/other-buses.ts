import { busRefusal, type BusRule, type OtherBus, roleRefusal, type RuleSources } from '../facts/index.js';
import { parseArn } from '../model/identifiers.js';
import type {
  BusPlace,
  BusRule as SavedRule,
  Gap,
  Inventory,
  Role,
  RuleTarget,
  TargetBus,
} from '../model/inventory.js';
import { absent, known, mapKnown, unknown, type Known } from '../model/known.js';
import { allEvidenceOf } from './fields.js';
import { neverRecorded, type World } from './world.js';

/** What an inventory tells of where rules may send: other event buses, and topics with a role. */
export function sendingSources(
  inventory: Inventory,
  note: World['note'],
): Required<Pick<RuleSources, 'busOf' | 'publishingRefusal'>> {
  const buses = new Map(inventory.targetBuses?.map((it) => [it.arn, it]));
  const rules = new Map<string, Known<readonly BusRule[]>>();
  const refusals = new Map<string, OtherBus['refusal']>();
  const noteOf: NoteOf = (call, resource, why) => {
    const { accountId = 'unknown', region = '' } = parseArn(resource) ?? {};
    return note({ call, accountId, region: region === '' ? 'global' : region, resource, ...why });
  };
  const accessOf = rolesOf(inventory, noteOf);
  const once = (target: RuleTarget, ruleArn: string, judge: () => OtherBus['refusal']): OtherBus['refusal'] => {
    const key = JSON.stringify([target, ruleArn]);
    const refusal = refusals.get(key) ?? judge();
    refusals.set(key, refusal);
    return refusal;
  };
  return {
    publishingRefusal: (target, ruleArn, policy) =>
      once(target, ruleArn, () => {
        const { arn: resource, roleArn = '' } = target;
        return roleRefusal(roleArn, { ruleArn, action: 'sns:Publish', resource, policy }, accessOf(roleArn, ruleArn));
      }),
    busOf: (target, ruleArn) => {
      const bus = buses.get(target.arn);
      if (bus === undefined) {
        const message = `Rules send events on to event bus ${target.arn}, of which the inventory tells nothing.`;
        return unknown(noteOf('events:ListEventBuses', target.arn, { reason: neverRecorded(inventory), message }));
      }
      if (bus.busArn.state !== 'known') return bus.busArn;
      if (bus.policy.state === 'unknown') return bus.policy;
      const policy = bus.policy.state === 'known' ? bus.policy.value : undefined;
      const refusal = once(target, ruleArn, () =>
        busRefusal(target, ruleArn, { policy, ...accessOf(target.roleArn, ruleArn) }),
      );
      const found = rules.get(bus.arn) ?? mapKnown(rulesOf(bus, inventory, noteOf), (all) => all.map(busRule));
      rules.set(bus.arn, found);
      return known({ rules: found, refusal });
    },
  };
}

/** The roles of rules, as they were read. */
function rolesOf(inventory: Inventory, noteOf: NoteOf) {
  const roles = new Map(inventory.roles?.map((it) => [it.arn, it]));
  const roleOf = (arn: string, ruleArn: string): Known<Role> => {
    const role = roles.get(arn);
    if (role !== undefined) return known(role);
    const message = `Rule ${ruleArn} names role ${arn}, of which the inventory tells nothing.`;
    const isOfRule = parseArn(arn)?.accountId === parseArn(ruleArn)?.accountId;
    return unknown(
      noteOf('iam:GetRole', arn, { reason: isOfRule ? neverRecorded(inventory) : 'unsupported', message }),
    );
  };
  return (roleArn: string | undefined, ruleArn: string) => ({
    role: roleArn === undefined ? absent : roleOf(roleArn, ruleArn),
    organizationId: inventory.organization?.id,
    note: (resource: string, message: string) =>
      noteOf('events:ListTargetsByRule', resource, { reason: 'unsupported', message }),
  });
}

type NoteOf = (call: string, resource: string, why: Pick<Gap, 'reason' | 'message'>) => string;

function rulesOf(bus: TargetBus, inventory: Inventory, noteOf: NoteOf): Known<readonly SavedRule[]> {
  const rules =
    bus.rules ?? (bus.name === 'default' ? placeOf(inventory, bus.accountId, bus.region)?.rules : undefined);
  if (rules !== undefined) return rules;
  const message = `The inventory tells nothing of the rules of event bus ${bus.arn}.`;
  return unknown(noteOf('events:ListRules', bus.arn, { reason: neverRecorded(inventory), message }));
}

export function placeOf({ eventRules = [] }: Inventory, accountId: string, region: string): BusPlace | undefined {
  return eventRules.find((it) => it.accountId === accountId && it.region === region);
}

/** The targets of a rule that is disabled are not asked for, and start nothing. */
export function busRule({ arn, name, state, pattern, targets }: SavedRule): BusRule {
  return { arn, name, state, pattern, targets: targets ?? (state === 'DISABLED' ? absent : known([])) };
}

/** Everything that was asked along the ways of events from the event buses of these places. */
export function evidenceOfRules(places: readonly BusPlace[], { inventory }: World): readonly (readonly string[])[] {
  const first = places.flatMap(rulesIn);
  const names = new Set(namesIn(first));
  const buses = (inventory.targetBuses ?? []).filter(({ arn }) => names.has(arn));
  const second = buses.flatMap((bus) =>
    rulesIn(bus.rules === undefined ? placeOf(inventory, bus.accountId, bus.region) : bus),
  );
  const targets = new Set([...names, ...namesIn(second)]);
  return [
    ...places.map(allEvidenceOf),
    ...first.map(allEvidenceOf),
    ...buses.map(allEvidenceOf),
    ...second.map(allEvidenceOf),
    ...(inventory.roles ?? []).filter(({ arn }) => targets.has(arn)).map(allEvidenceOf),
    ...(inventory.topics ?? []).filter(({ arn }) => targets.has(arn)).map(allEvidenceOf),
  ];
}

function rulesIn(it: Partial<Pick<BusPlace, 'rules'>> | undefined): readonly SavedRule[] {
  return it?.rules?.state === 'known' ? it.rules.value : [];
}

function targetsIn({ targets }: SavedRule) {
  return targets?.state === 'known' ? targets.value : [];
}

/** Their targets, and the roles that these name. */
function namesIn(rules: readonly SavedRule[]): readonly string[] {
  return rules.flatMap(targetsIn).flatMap(({ arn, roleArn }) => (roleArn === undefined ? [arn] : [arn, roleArn]));
}
