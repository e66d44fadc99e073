import { describe, expect, test } from 'vitest';
import { absent, known, unknown, type Known } from '../../model/known.js';
import { requiredEvents, type AlarmSubject, type EventClass } from '../required-events/index.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { eventReactions } from './event-reactions.js';
import type { BusRule, OtherBus, RuleSources } from './sources.js';
import { trailChanges } from './trail-changes.js';

const accountId = '111122223333';
const region = 'eu-west-1';
const central = 'arn:aws:events:eu-west-1:444455556666:event-bus/central';
const topic = 'arn:aws:sns:eu-west-1:444455556666:security';
const pager = 'arn:aws:lambda:eu-west-1:444455556666:function:pager';
const changes = { source: ['aws.cloudtrail'], detail: { eventName: trailChanges.map(({ id }) => id) } };
const everything = { source: [{ prefix: '' }] };
const half = (exists: boolean) => ({ ...changes, detail: { ...changes.detail, errorCode: [{ exists }] } });

interface Parts extends Partial<Omit<BusRule, 'pattern' | 'targets'>> {
  readonly pattern?: object;
  readonly to?: readonly string[] | Known<never>;
}

function aRule({ pattern = changes, to = [topic], ...rest }: Parts, bus: string): BusRule {
  const name = rest.name ?? 'changes';
  const targets = 'state' in to ? to : known(to.map((arn) => ({ arn })));
  return {
    arn: `arn:aws:events:${bus}/${name}`,
    name,
    state: 'ENABLED',
    ...rest,
    pattern: JSON.stringify(pattern),
    targets,
  };
}

interface Setting {
  readonly first?: readonly Parts[];
  readonly second?: readonly Parts[] | Known<never>;
  readonly refusal?: Tri<string | undefined>;
  readonly bus?: Known<OtherBus>;
  readonly subject?: AlarmSubject;
  readonly classes?: readonly EventClass[];
}

/** What rules of the account's own bus and those of a central one do about each event. */
function reactions({ first = [{}], second = [{}], refusal = sure(undefined), ...it }: Setting) {
  const sources: RuleSources = {
    topicOf: (arn) =>
      arn === topic
        ? known({
            subscriptionsConfirmed: 1,
            filters: known([known({})]),
            policy: JSON.stringify({
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'events.amazonaws.com' },
                  Action: 'sns:Publish',
                  Resource: '*',
                },
              ],
            }),
          })
        : absent,
    busOf: ({ arn }) => {
      if (arn !== central) return absent;
      const rules =
        'state' in second ? second : known(second.map((one) => aRule(one, 'eu-west-1:444455556666:rule/central')));
      return it.bus ?? known({ rules, refusal });
    },
    tellsSomeone: () => doubt(['function']),
    noteUnsupported: () => 'unsupported',
  };
  const rules = known(first.map((one) => aRule({ to: [central], ...one }, `${region}:${accountId}:rule`)));
  const { subject = 'cloudtrail-changes', classes = trailChanges } = it;
  return eventReactions(sources).at({ accountId, region, rules, records: () => sure(true) }, subject, classes);
}

/** What is the same for all events: `told`, the link that is broken, or the gaps. */
function reaction(it: Setting): string | readonly string[] | undefined {
  const [first, ...others] = reactions(it).map(({ reaction: of }) =>
    of.state === 'told' ? 'told' : of.state === 'untold' ? of.brokenAt : of.gaps,
  );
  for (const other of others) expect(other).toEqual(first);
  return first;
}

function namedTargets(it: Setting): readonly string[] {
  const [first] = reactions(it);
  return first?.reaction.state === 'unknown' ? first.reaction.targets : [];
}

describe('what both rules match is told', () => {
  test.each<[string, Setting]>([
    ['the same', {}],
    ['everything, and there the calls', { first: [{ pattern: everything }] }],
    ['the calls, and there everything', { second: [{ pattern: everything }] }],
    ['the account of the event, not of the bus', { second: [{ pattern: { ...changes, account: [accountId] } }] }],
    ['the Region of the event', { second: [{ pattern: { ...changes, region: [region] } }] }],
    ['halves that are sent on by two rules', { first: [{ pattern: half(true) }, { pattern: half(false), name: 'b' }] }],
    ['halves there', { second: [{ pattern: half(true) }, { pattern: half(false), name: 'b' }] }],
    [
      'halves here and there',
      {
        first: [{ pattern: half(true) }, { pattern: half(false) }],
        second: [{ pattern: half(true) }, { pattern: half(false) }],
      },
    ],
    ['half here, half there', { first: [{ pattern: half(true) }, { pattern: half(false), to: [topic, central] }] }],
    ['beside a function that is not looked at', { first: [{ to: [pager, central] }] }],
    ['a rule there that also would send it on', { second: [{ to: [`${central}-2`, topic] }] }],
  ])('%s', (_, it) => {
    expect(reaction(it)).toBe('told');
  });

  test('the way is named', () => {
    expect(reactions({})[0]?.reaction.why).toBe(
      `Rule arn:aws:events:eu-west-1:111122223333:rule/changes sends events on to event bus ${central}. Rule arn:aws:events:eu-west-1:444455556666:rule/central/changes notifies topic ${topic}.`,
    );
  });
});

describe('no one is told', () => {
  test.each<[string, Setting, string]>([
    ['there is no such event bus', { bus: absent }, 'target'],
    ['no rule is there', { second: [] }, 'target'],
    ['a rule there for other events', { second: [{ pattern: { source: ['aws.ec2'] } }] }, 'rule'],
    [
      "a rule there for its own account's",
      { second: [{ pattern: { ...changes, account: ['444455556666'] } }] },
      'rule',
    ],
    ["a rule there for its own Region's", { second: [{ pattern: { ...changes, region: ['us-east-1'] } }] }, 'rule'],
    ['half of it', { second: [{ pattern: half(true) }] }, 'rule'],
    ['different halves', { first: [{ pattern: half(true) }], second: [{ pattern: half(false) }] }, 'rule'],
    [
      'everything both times, to a topic',
      { first: [{ pattern: everything }], second: [{ pattern: everything }] },
      'rule',
    ],
    ['the rule here is disabled', { first: [{ state: 'DISABLED' }] }, 'rule'],
    ['the rule there is disabled', { second: [{ state: 'DISABLED', to: absent }] }, 'rule'],
    ['the rule there has no target', { second: [{ to: [] }] }, 'target'],
    ['a topic there that is gone', { second: [{ to: [`${topic}-gone`] }] }, 'target'],
    ['it may not be sent there', { refusal: sure('The policy admits no one.') }, 'target'],
    [
      'the same, and the rules there were refused',
      { refusal: sure('The policy.'), second: unknown('rules') },
      'target',
    ],
    ['a third event bus', { second: [{ to: [`${central}-2`] }] }, 'target'],
    ['it may perhaps be sent there, where no rule is', { refusal: doubt(['role']), second: [] }, 'target'],
  ])('%s', (_, it, brokenAt) => {
    expect(reaction(it)).toBe(brokenAt);
  });

  test('reads, without the state for them on either event bus', () => {
    const [root] = requiredEvents['root-usage'].required;
    const asked = { subject: 'root-usage', classes: root === undefined ? [] : [root] } as const;
    const pattern = { detail: { userIdentity: { type: ['Root'] } } };
    const all = { pattern, state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' };
    expect(reaction({ ...asked, first: [all], second: [all] })).toBe('told');
    expect(reaction({ ...asked, first: [{ pattern }], second: [all] })).toBe('rule');
    expect(reaction({ ...asked, first: [all], second: [{ pattern }] })).toBe('rule');
  });
});

describe('what is not known stays open, and the event bus may be named as one that tells', () => {
  test.each<[string, Setting, readonly string[], readonly string[]]>([
    ['the event bus could not be read', { bus: unknown('account') }, ['account'], [central]],
    ['its rules could not be read', { second: unknown('rules') }, ['rules'], [central]],
    ['the targets of its rule could not be read', { second: [{ to: unknown('targets') }] }, ['targets'], [central]],
    ['a function there', { second: [{ to: [pager] }] }, ['function'], [central, pager]],
    ['whether it may be sent there', { refusal: doubt(['role']) }, ['role'], [central]],
    [
      'the same, to a function',
      { refusal: doubt(['role']), second: [{ to: [pager] }] },
      ['function', 'role'],
      [central],
    ],
    ['a state that is new', { second: [{ state: 'NEWER' }] }, ['unsupported'], []],
    [
      'a third event bus in another Region',
      { second: [{ to: [central.replace('eu-west-1', 'us-east-1')] }] },
      ['unsupported'],
      [central],
    ],
  ])('%s', (_, it, gaps, named) => {
    expect(reaction(it)).toEqual(gaps);
    expect(namedTargets(it)).toEqual(named);
  });

  test('another way that tells is enough', () => {
    expect(reaction({ second: unknown('rules'), first: [{}, { to: [topic] }] })).toBe('told');
  });
});
