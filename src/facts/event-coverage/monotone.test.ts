import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absent,
  anAccount,
  anInventory,
  anObservation,
  anOrganization,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { EventSelectors, Inventory } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { eventCoverages, type ClassCoverage, type Loss } from './index.js';

/** A trail, and what of it cannot be read when the same inventory is read with fewer permissions. */
interface Sketch {
  readonly isOwn: boolean;
  readonly region: string;
  readonly isMultiRegion: boolean;
  readonly includesGlobal: boolean;
  readonly isLogging: boolean;
  readonly error: string | undefined;
  readonly excluded: readonly string[];
  readonly readWriteType: string;
  readonly isCredited: boolean;
  readonly unread: {
    readonly description: boolean;
    readonly status: boolean;
    readonly selectors: boolean;
    readonly credit: boolean;
  };
}

const sketch = fc.record<Sketch>({
  isOwn: fc.boolean(),
  region: fc.constantFrom('eu-central-1', 'us-east-1'),
  isMultiRegion: fc.boolean(),
  includesGlobal: fc.boolean(),
  isLogging: fc.boolean(),
  error: fc.constantFrom(undefined, undefined, '2026-11-20T20:00:00.000Z', '2026-10-01T00:00:00.000Z'),
  excluded: fc.uniqueArray(fc.constantFrom('kms.amazonaws.com', 'rdsdata.amazonaws.com')),
  readWriteType: fc.constantFrom('All', 'WriteOnly', 'ReadOnly'),
  isCredited: fc.boolean(),
  unread: fc.record({
    description: fc.boolean(),
    status: fc.boolean(),
    selectors: fc.boolean(),
    credit: fc.boolean(),
  }),
});

const lacking = fc.record({ regions: fc.boolean(), trailsGap: fc.boolean() });

function inventoryOf(
  sketches: readonly Sketch[],
  isBlurred: boolean,
  lacks: { regions: boolean; trailsGap: boolean },
): Inventory {
  const hide = (part: boolean): boolean => isBlurred && part;
  const trails = sketches.map((it, index) => {
    const eventSelectors: EventSelectors = {
      basic: [
        {
          readWriteType: it.readWriteType,
          includeManagementEvents: true,
          excludeManagementEventSources: it.excluded,
          dataResources: [],
        },
      ],
      advanced: [],
    };
    const failure = it.error === undefined ? {} : { latestDeliveryError: 'AccessDenied', latestDeliveryTime: it.error };
    return aTrail({
      name: `trail-${index}`,
      accountId: it.isOwn ? MEMBER : MANAGEMENT,
      homeRegion: it.region,
      description: hide(it.unread.description)
        ? unknown(`description-${index}`)
        : { isMultiRegionTrail: it.isMultiRegion, includeGlobalServiceEvents: it.includesGlobal },
      status: hide(it.unread.status) ? unknown(`status-${index}`) : { isLogging: it.isLogging, ...failure },
      eventSelectors: hide(it.unread.selectors) ? unknown(`selectors-${index}`) : eventSelectors,
    });
  });
  const observedTrails = trails.flatMap((trail, index) => {
    const of = sketches[index];
    if (of === undefined || of.isOwn) return [];
    const told = of.isCredited ? known(aStatus()) : absent;
    return [anObservation({ trailArn: trail.arn, status: hide(of.unread.credit) ? unknown(`credit-${index}`) : told })];
  });
  const member = anAccount({
    id: MEMBER,
    observedTrails,
    ...(hide(lacks.regions) ? { regions: unknown('regions') } : {}),
  });
  return anInventory({
    trails,
    accounts: [anAccount({ id: MANAGEMENT }), member],
    ...(hide(lacks.trailsGap) ? { organization: anOrganization({ trailsGap: 'trails' }) } : {}),
  });
}

function coverageOf(inventory: Inventory): ClassCoverage {
  const member = inventory.accounts.find(({ id }) => id === MEMBER) ?? anAccount({ id: MEMBER });
  const coverages = eventCoverages(inventory, new FactGaps());
  return coverages.ofAccount(member, { protectedOnly: false, eventDataStores: true }).management();
}

/** Whether a policy accepts all losses: `undefined` when what is doubtful decides. */
function accepts(losses: ClassCoverage['writeLosses'], isFine: (loss: Loss) => boolean): boolean | undefined {
  if (!losses.members.every(isFine)) return false;
  return losses.doubtful.every(({ value }) => isFine(value)) && losses.rest === undefined ? true : undefined;
}

const policies: readonly ((loss: Loss) => boolean)[] = [
  () => false,
  (loss) => loss.eventSource === 'kms.amazonaws.com',
  (loss) => loss.failingSince !== undefined && loss.failingSince > '2026-11-20',
];

describe('an inventory that was read in part', () => {
  test('never tells the opposite of one that was read in full', () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 3 }), lacking, (sketches, lacks) => {
        const truth = coverageOf(inventoryOf(sketches, false, lacks));
        const told = coverageOf(inventoryOf(sketches, true, lacks));
        const levels = told.write.state === 'known' ? [told.write] : [truth.write];
        expect(levels).toContainEqual(truth.write);
        for (const isFine of policies) {
          const answer = accepts(told.writeLosses, isFine);
          expect([undefined, accepts(truth.writeLosses, isFine)]).toContain(answer);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('has an empty list of losses exactly when coverage is full', () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 3 }), lacking, (sketches, lacks) => {
        const { write, writeLosses: it } = coverageOf(inventoryOf(sketches, true, lacks));
        const isEmpty = it.members.length + it.doubtful.length === 0 && it.rest === undefined;
        expect(write.state === 'known' && write.value === 'full').toBe(isEmpty);
        expect(it.doubtful.filter(({ gaps }) => gaps.length === 0)).toEqual([]);
        expect(write.state === 'unknown' ? write.gaps : ['none']).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
