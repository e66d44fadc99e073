import type { Account, Region } from '../model/inventory.js';
import { evidenceOfCoverage } from './account-evidence.js';
import { required } from './convert.js';
import { coverageOf } from './coverage.js';
import { derived, evidenceOf, fields } from './fields.js';
import { LazyObject, type Field, type Shape } from './object.js';
import { ViewList, type Value } from '../expression/index.js';
import type { World } from './world.js';

interface RegionOf {
  readonly account: Account;
  readonly region: Region;
}

export const regionCalls = ['account:ListRegions'];

function listedRegion(read: (it: Region) => Value): Field<RegionOf> {
  return derived(
    ({ account }) => [evidenceOf(account, regionCalls)],
    ({ region }) => read(region),
  );
}

const regionShape: Shape<RegionOf> = {
  type: 'Region',
  label: ({ region }) => region.name,
  fields: fields<RegionOf>({
    name: listedRegion((it) => it.name),
    optStatus: listedRegion((it) => it.optStatus),
    coverage: derived(
      ({ account, region }, world) =>
        evidenceOfCoverage(account, world.coverages.ofRegion(account, region.name), world),
      ({ account, region }, world, self) =>
        coverageOf(world.coverages.ofRegion(account, region.name), self, 'coverage', world),
    ),
  }),
};

/** Disabled Regions do not count, nor those that are being switched on or off. */
export function enabledRegions(account: Account, world: World): Value {
  return required(account.regions, new ViewList([]), (all) => {
    const enabled = all.filter(({ optStatus }) => optStatus === 'ENABLED' || optStatus === 'ENABLED_BY_DEFAULT');
    return new ViewList(enabled.map((region) => new LazyObject(regionShape, { account, region }, world)));
  });
}
