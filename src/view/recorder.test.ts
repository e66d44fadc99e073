import { describe, expect, test } from 'vitest';
import {
  absent,
  aGap,
  anAccount,
  anInventory,
  aRecorder,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, plain } from '../../test/support/view-values.js';
import type { Account, RecorderSettings } from '../model/inventory.js';
import { buildView } from './index.js';
import { isViewMap, type ViewObject } from '../expression/values.js';

const trailType = 'AWS::CloudTrail::Trail';

function view(...accounts: Account[]) {
  return buildView(anInventory({ accounts, gaps: [aGap({ id: 'regions' }), aGap({ id: 'denied' })] }));
}

function theRecorder(recorder: Parameters<typeof aRecorder>): ViewObject {
  const [target] = view(anAccount({ id: MEMBER, recorders: [aRecorder(...recorder)] })).targets('config-recorder');
  if (target === undefined) throw new Error('There is no target.');
  return target.object;
}

function recorded(recorder: ViewObject, type: string): unknown {
  const records = recorder.get('records');
  return typeof records === 'object' && isViewMap(records) ? records.get(type) : plain(records);
}

const places = (...accounts: Account[]) =>
  view(...accounts)
    .targets('config-recorder')
    .map(({ id, accountId, region }) => [id, accountId, region]);

describe('targets', () => {
  test('each account and Region that was asked, sorted, also where there is no recorder', () => {
    const recorders = [aRecorder('us-east-1', absent), aRecorder('eu-central-1')];
    expect(places(anAccount({ id: MEMBER, recorders }), anAccount({ id: MANAGEMENT, recorders: [] }))).toEqual([
      [`${MEMBER}/eu-central-1`, MEMBER, 'eu-central-1'],
      [`${MEMBER}/us-east-1`, MEMBER, 'us-east-1'],
    ]);
  });

  test('no recorder of an account out of scope', () => {
    expect(places(anAccount({ id: MEMBER, recorders: [aRecorder('us-east-1')], outOfScope: 'excluded' }))).toEqual([]);
  });

  test('Regions that nobody told of are one more, of which nothing is known', () => {
    const account = anAccount({ id: MEMBER, recorders: [aRecorder('us-east-1')], recordersGap: 'regions' });
    const targets = view(account).targets('config-recorder');
    expect(targets.map(({ id, region }) => [id, region])).toEqual([
      [`${MEMBER}/us-east-1`, 'us-east-1'],
      [`${MEMBER}/unknown`, 'unknown'],
    ]);
    const object = targets[1]?.object;
    if (object === undefined) throw new Error('There is no second target.');
    expect(at(object, 'accountId')).toBe(MEMBER);
    for (const field of ['region', 'name', 'recording', 'records', 'lastStatus', 'lastErrorCode'])
      expect(at(object, field)).toEqual({ unknown: ['regions'] });
  });

  test('an account that was not asked is one, with a gap that says so', () => {
    const it = view(anAccount({ id: MEMBER }));
    const [target] = it.targets('config-recorder');
    expect(target?.region).toBe('unknown');
    expect(it.gaps().filter((gap) => gap.reason === 'not-collected')).toMatchObject([
      { accountId: MEMBER, call: 'config:DescribeConfigurationRecorders' },
    ]);
  });

  test('of an account that could not be entered the reason is why it could not', () => {
    const [target] = view(anAccount({ id: MEMBER, ownTrails: unknown('denied') })).targets('config-recorder');
    expect(target === undefined ? undefined : at(target.object, 'name')).toEqual({ unknown: ['denied'] });
  });
});

describe('fields', () => {
  test('of a recorder that works', () => {
    const it = theRecorder(['eu-central-1']);
    expect(
      ['name', 'accountId', 'region', 'recording', 'lastStatus', 'lastErrorCode'].map((name) => at(it, name)),
    ).toEqual(['default', MEMBER, 'eu-central-1', true, 'Success', 'absent']);
    expect([recorded(it, trailType), recorded(it, 'AWS::IAM::Role')]).toEqual(['continuous', 'no']);
  });

  test('where there is none, nothing is recorded', () => {
    const it = theRecorder(['eu-central-1', absent, { recording: absent, lastEvent: absent }]);
    expect(['name', 'region', 'recording', 'lastStatus'].map((name) => at(it, name))).toEqual([
      'absent',
      'eu-central-1',
      false,
      'absent',
    ]);
    expect(recorded(it, trailType)).toBe('no');
  });

  test('one whose status was refused is there, and may be stopped', () => {
    const refused = { recording: unknown('denied'), lastEvent: unknown('denied') };
    const it = theRecorder(['eu-central-1', { strategy: 'inclusion', resourceTypes: [] }, refused]);
    expect(['name', 'recording', 'lastStatus'].map((name) => at(it, name))).toEqual([
      'default',
      { unknown: ['denied'] },
      { unknown: ['denied'] },
    ]);
    expect(recorded(it, trailType)).toBe('no');
  });

  test('one that could not be read is in a Region that is known', () => {
    const it = theRecorder(['eu-central-1', unknown('denied')]);
    expect([at(it, 'region'), at(it, 'name'), recorded(it, trailType)]).toEqual([
      'eu-central-1',
      { unknown: ['denied'] },
      { unknown: ['denied'] },
    ]);
  });

  test('that there is none is evidence of what it does not do', () => {
    const evidence = { 'config:DescribeConfigurationRecorders': 'list' };
    const none = theRecorder(['eu-central-1', absent, { recording: absent, lastEvent: absent, evidence }]);
    expect(none.evidence('recording')).toEqual(['list']);
    const some = { ...evidence, 'config:DescribeConfigurationRecorderStatus': 'status' };
    expect(
      theRecorder(['eu-central-1', {}, { recording: known(false), evidence: some }]).evidence('recording'),
    ).toEqual(['status']);
  });
});

describe('whether all types are recorded', () => {
  const set = (it: Partial<RecorderSettings>) =>
    known<RecorderSettings>({
      name: 'default',
      strategy: 'all',
      resourceTypes: [],
      frequency: 'continuous',
      overrides: [],
      ...it,
    });
  const all = set({ strategy: 'all' });
  const withIam = set({ strategy: 'all', includesGlobalTypes: true });
  const list = set({ strategy: 'inclusion', resourceTypes: [trailType, 'AWS::IAM::Role'] });
  const iam = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];

  test.each([
    ['all', all, true],
    ['all but those of IAM', set({ strategy: 'exclusion', resourceTypes: iam }), true],
    ['all but one', set({ strategy: 'exclusion', resourceTypes: [trailType] }), false],
    ['a list', list, false],
    ['there is none', absent, false],
    ['nobody knows', unknown('denied'), { unknown: ['denied'] }],
  ] as const)('%s', (_, settings, expected) => {
    expect(at(theRecorder(['us-east-1', settings]), 'recordsEveryType')).toEqual(expected);
  });

  /** By Region, in their order. */
  const ofIam = (recorders: Account['recorders'], recordersGap?: string) =>
    view(anAccount({ id: MEMBER, recorders: recorders ?? [], ...(recordersGap === undefined ? {} : { recordersGap }) }))
      .targets('config-recorder')
      .filter(({ region }) => region !== 'unknown')
      .map(({ object }) => at(object, 'globalTypesRecorded'));
  const first = aRecorder('eu-central-1', all);

  test.each([
    ['one Region has them', [first, aRecorder('us-east-1', withIam)], undefined, [true, true]],
    ['none does: one finding', [first, aRecorder('us-east-1', all)], undefined, [false, true]],
    ['some of them are not all', [first, aRecorder('us-east-1', list)], undefined, [false, true]],
    ['a Region without a recorder is not the first', [aRecorder('a', absent), first], undefined, [true, false]],
    ['it is stopped', [first, aRecorder('us-east-1', withIam, { recording: known(false) })], undefined, [false, true]],
    [
      'whether it is started nobody knows',
      [first, aRecorder('us-east-1', withIam, { recording: unknown('denied') })],
      undefined,
      [{ unknown: ['denied'] }, true],
    ],
    [
      'another Region may',
      [first, aRecorder('us-east-1', unknown('denied'))],
      undefined,
      [{ unknown: ['denied'] }, true],
    ],
    ['a Region that was not asked may', [first], 'regions', [{ unknown: ['regions'] }]],
    ['a Region that was not asked need not', [aRecorder('us-east-1', withIam)], 'regions', [true]],
    ['there is none', [aRecorder('us-east-1', absent)], undefined, [false]],
  ] as const)('those of IAM: %s', (_, recorders, gap, expected) => {
    expect(ofIam(recorders, gap)).toEqual(expected);
  });

  test.each([
    ['arn:aws-cn:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', true],
    ['arn:aws:iam::111122223333:role/AWSServiceRoleForConfig', false],
    ['arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfigs', false],
  ])('the role %s', (roleArn, expected) => {
    const settings = set({ strategy: 'all', roleArn });
    expect(at(theRecorder(['us-east-1', settings]), 'usesServiceLinkedRole')).toBe(expected);
  });

  test('an inventory of an earlier version does not tell the role', () => {
    expect(at(theRecorder(['us-east-1', all]), 'usesServiceLinkedRole')).toMatchObject({
      unknown: [expect.anything()],
    });
    expect(at(theRecorder(['us-east-1', absent]), 'usesServiceLinkedRole')).toBe(false);
  });
});
