import { describe, expect, test } from 'vitest';
import { anAccount, known, MEMBER, unknown } from '../../../test/support/inventory-builders.js';
import { alwaysEnabledRegions, isOptInRegion } from '../../model/identifiers.js';
import type { EventSink } from './recording.js';
import { planRegions } from './regions.js';

function recorderIn(region: string): EventSink {
  const recording = { region, includesGlobalServices: true, selectors: { of: 'everything' as const } };
  return { kind: 'trail', arn: region, worst: recording, best: recording, gaps: [], key: region };
}

const regions = known([
  { name: 'eu-west-1', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'us-east-1', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'us-west-2', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'af-south-1', optStatus: 'DISABLED' },
]);

describe('Regions', () => {
  test('that are always enabled are those that are not opt-in', () => {
    expect(alwaysEnabledRegions('aws').filter((region) => isOptInRegion('aws', region))).toEqual([]);
    expect(isOptInRegion('aws', 'af-south-1')).toBe(true);
  });

  test('are all alike for sinks of all Regions, whether they were read or not', () => {
    const account = anAccount({ id: MEMBER, regions: unknown('no-regions') });
    expect(planRegions(account, [recorderIn('*')], 'aws')).toMatchObject({ groups: [{ names: ['*'] }], possible: [] });
  });

  test('are grouped by what records there; disabled ones are left out', () => {
    const plan = planRegions(anAccount({ id: MEMBER, regions }), [recorderIn('*'), recorderIn('eu-west-1')], 'aws');
    expect(plan.groups.map(({ names }) => names)).toEqual([['eu-west-1'], ['us-east-1', 'us-west-2']]);
  });

  test('that were not read are the certain ones, and possible others', () => {
    const account = anAccount({ id: MEMBER, regions: unknown('no-regions') });
    const plan = planRegions(account, [recorderIn('af-south-1')], 'aws');
    expect(plan.groups.flatMap(({ names }) => names)).toEqual(alwaysEnabledRegions('aws').toSorted());
    expect(plan.possible.map(({ region }) => region)).toEqual(['*', 'af-south-1']);
    expect(plan.gaps).toEqual(['no-regions']);
  });
});
