import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anAccount,
  anEventDataStore,
  anInventory,
  aTrail,
  known,
  MANAGEMENT,
  trailArn,
} from '../../../test/support/inventory-builders.js';
import type { AdvancedEventSelector, EventSelectors, FieldSelector, Gap, Inventory } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import type { Tri } from '../values.js';
import { eventCoverages } from './index.js';
import type { Level } from './lost-events.js';

const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };

function where(field: string, operators: Partial<FieldSelector>): FieldSelector {
  return { ...none, field, ...operators };
}

const management = where('eventCategory', { equals: ['Management'] });
const data = where('eventCategory', { equals: ['Data'] });
const objects = where('resources.type', { equals: ['AWS::S3::Object'] });

interface Seen {
  readonly management: Tri<Level>;
  readonly objects: Tri<Level>;
  readonly gaps: readonly Gap[];
}

function see(inventory: Inventory): Seen {
  const gaps = new FactGaps();
  const [account = anAccount({ id: MANAGEMENT })] = inventory.accounts;
  const coverage = eventCoverages(inventory, gaps).ofAccount(account, { protectedOnly: false, eventDataStores: true });
  return {
    management: coverage.management().write,
    objects: coverage.data('AWS::S3::Object').write,
    gaps: gaps.all(),
  };
}

function seen(...advanced: AdvancedEventSelector[]): Seen {
  return see(anInventory({ trails: [aTrail({ eventSelectors: { basic: [], advanced } })] }));
}

const plain: AdvancedEventSelector = { fieldSelectors: [management] };

describe('what a selector takes that is newer than this program', () => {
  test.each<[string, AdvancedEventSelector, string]>([
    ['a field', { fieldSelectors: [management, where('newField', { notEquals: ['a'] })] }, 'the field newField'],
    [
      'an operator',
      { fieldSelectors: [management, where('eventName', { unsupported: ['Contains'] })] },
      'the operator Contains on eventName',
    ],
    [
      'an operator beside one that is known',
      { fieldSelectors: [management, where('eventSource', { notEquals: ['a'], unsupported: ['NotContains'] })] },
      'the operator NotContains on eventSource',
    ],
    [
      'an operator that decides on the category',
      { fieldSelectors: [where('eventCategory', { unsupported: ['In'] })] },
      'the operator In on eventCategory',
    ],
    [
      'a category',
      { fieldSelectors: [where('eventCategory', { equals: ['Everything'] })] },
      'event category Everything',
    ],
    ['a member', { fieldSelectors: [management], unsupported: ['Sampling'] }, 'the member Sampling'],
  ])('%s: is not known, and said', (_, selector, what) => {
    const alone = seen(selector);
    expect(alone.management).toMatchObject({ state: 'unknown' });
    expect(alone.gaps).toMatchObject([
      { reason: 'unsupported', call: 'cloudtrail:GetEventSelectors', resource: trailArn() },
    ]);
    expect(alone.gaps[0]?.message).toContain(what);
    // Another selector that takes all management events leaves nothing to ask.
    expect(seen(selector, plain).management).toEqual(known('full'));
  });

  test('is not asked of a category that is known to be about other events', () => {
    for (const category of ['Insight', 'ConfigurationItem', 'Evidence', 'ActivityAuditLog']) {
      const { management: level, gaps } = seen({ fieldSelectors: [where('eventCategory', { equals: [category] })] });
      expect([level, gaps]).toEqual([known('none'), []]);
    }
  });

  test('does not reach the events of another category', () => {
    const selector = { fieldSelectors: [management, where('newField', { equals: ['a'] })] };
    expect(seen(selector).objects).toEqual(known('none'));
    const ofObjects = { fieldSelectors: [data, objects, where('newField', { equals: ['a'] })] };
    expect(seen(ofObjects)).toMatchObject({ management: known('none'), objects: { state: 'unknown' } });
  });

  test('of basic selectors', () => {
    const basic = { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [] };
    const seenBasic = (parts: Partial<EventSelectors['basic'][number]>): Seen =>
      see(
        anInventory({
          trails: [aTrail({ eventSelectors: { advanced: [], basic: [{ ...basic, dataResources: [], ...parts }] } })],
        }),
      );
    expect(seenBasic({}).management).toEqual(known('full'));
    expect(seenBasic({ readWriteType: 'Sometimes' }).management).toMatchObject({ state: 'unknown' });
    expect(seenBasic({ unsupported: ['Sampling'] }).management).toMatchObject({ state: 'unknown' });
    const { management: level } = seenBasic({ readWriteType: 'Sometimes', includeManagementEvents: false });
    expect(level).toEqual(known('none'));
  });

  test('of event data stores', () => {
    const selector = { fieldSelectors: [management, where('newField', { equals: ['a'] })] };
    const store = anEventDataStore({ details: { advancedEventSelectors: [selector] } });
    const { management: level, gaps } = see(anInventory({ trails: [], eventDataStores: [store] }));
    expect(level).toMatchObject({ state: 'unknown' });
    expect(gaps).toContainEqual(expect.objectContaining({ call: 'cloudtrail:GetEventDataStore', resource: store.arn }));
  });

  test('whether an organization trail covers an account', () => {
    const covered = (advanced: AdvancedEventSelector[]): Tri<boolean> => {
      const inventory = anInventory({ trails: [aTrail({ eventSelectors: { basic: [], advanced } })] });
      const [account = anAccount({ id: MANAGEMENT })] = inventory.accounts;
      return eventCoverages(inventory, new FactGaps()).isInOrganizationTrail(account);
    };
    const newer = { fieldSelectors: [management, where('newField', { equals: ['a'] })] };
    expect(covered([newer])).toMatchObject({ state: 'unknown' });
    expect(covered([newer, plain])).toEqual(known(true));
    expect(covered([{ fieldSelectors: [data, objects, where('newField', { equals: ['a'] })] }])).toEqual(known(false));
  });
});

test('an organization trail covers nobody where it leaves out more than basic selectors can', () => {
  const covered = (...advanced: AdvancedEventSelector[]): Tri<boolean> => {
    const inventory = anInventory({ trails: [aTrail({ eventSelectors: { basic: [], advanced } })] });
    const [account = anAccount({ id: MANAGEMENT })] = inventory.accounts;
    return eventCoverages(inventory, new FactGaps()).isInOrganizationTrail(account);
  };
  const only = (...conditions: FieldSelector[]): AdvancedEventSelector => ({
    fieldSelectors: [management, ...conditions],
  });
  const allowed = fc.constantFrom(
    where('eventSource', { notEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }),
    where('eventName', { notEquals: ['Decrypt'] }),
  );
  const narrow = fc.constantFrom(
    where('eventSource', { equals: ['ec2.amazonaws.com'] }),
    where('eventSource', { notEquals: ['iam.amazonaws.com'] }),
    where('eventName', { startsWith: ['Create'] }),
    where('userIdentity.arn', { startsWith: ['arn:aws:iam::111122223333:'] }),
    where('eventType', { notEquals: ['AwsServiceEvent'] }),
    where('readOnly', { equals: ['true'] }),
  );
  fc.assert(
    fc.property(fc.array(allowed, { maxLength: 1 }), narrow, (a, b) => {
      expect(covered(only(...a))).toEqual(known(true));
      expect(covered(only(...a, b))).toEqual(known(false));
    }),
    { numRuns: 30 },
  );
  // What one leaves out the other one takes.
  const writes = where('eventSource', { equals: ['iam.amazonaws.com'] });
  expect(covered(only(where('eventSource', { notEquals: ['iam.amazonaws.com'] })), only(writes))).toEqual(known(true));
});

const fieldSelector = fc.constantFrom<FieldSelector>(
  where('eventSource', { notEquals: ['kms.amazonaws.com'] }),
  where('readOnly', { equals: ['false'] }),
  where('eventName', { startsWith: ['Put'] }),
);
const selectorOf = (category: FieldSelector[]) =>
  fc
    .array(fieldSelector, { maxLength: 2 })
    .map((more): AdvancedEventSelector => ({ fieldSelectors: [...category, ...more] }));
const selectors = fc.array(fc.oneof(selectorOf([management]), selectorOf([data, objects])), {
  minLength: 1,
  maxLength: 3,
});
const newer = fc.constantFrom<FieldSelector>(
  where('newField', { equals: ['a'] }),
  where('eventName', { unsupported: ['Contains'] }),
  where('eventSource', { notEquals: ['sts.amazonaws.com'], unsupported: ['NotContains'] }),
);

test('a known answer is the one that holds whatever the newer condition lets through', () => {
  fc.assert(
    fc.property(selectors, newer, fc.nat(), (understoodOnes, condition, at) => {
      const index = at % understoodOnes.length;
      const changed = understoodOnes.map((it, here) =>
        here === index ? { ...it, fieldSelectors: [...it.fieldSelectors, condition] } : it,
      );
      const without = understoodOnes.filter((_, here) => here !== index);
      const asked = seen(...changed);
      const nothing = without.length === 0 ? see(anInventory({ trails: [] })) : seen(...without);
      const everything = seen(...understoodOnes);
      const wrong = (['management', 'objects'] as const).filter((what) => {
        const answers = [asked, nothing, everything].map((it) => JSON.stringify(it[what]));
        return asked[what].state === 'known' && new Set(answers).size > 1;
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
