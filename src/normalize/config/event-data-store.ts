import type { EventDataStoreDetails } from '../../model/inventory.js';
import { normalizeEventDataStore } from '../event-data-store.js';
import type { RawAdvancedEventSelector } from '../event-selectors.js';
import { MalformedAnswer } from '../malformed-answer.js';
import type { ConfigItem } from './item.js';
import { booleanIn, numberIn, objectsIn, textIn, textsIn, type JsonObject } from './json.js';

/**
 * An AWS::CloudTrail::EventDataStore: the members of the resource of CloudFormation, with a large first letter.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-eventdatastore.html
 */
export function normalizeStoreItem({ configuration: it }: ConfigItem): EventDataStoreDetails {
  return normalizeEventDataStore({
    Status: statusOf(it),
    AdvancedEventSelectors: selectorsOf(it),
    MultiRegionEnabled: booleanIn(it, 'MultiRegionEnabled'),
    OrganizationEnabled: booleanIn(it, 'OrganizationEnabled'),
    TerminationProtectionEnabled: booleanIn(it, 'TerminationProtectionEnabled'),
    RetentionPeriod: numberIn(it, 'RetentionPeriod'),
    KmsKeyId: textIn(it, 'KmsKeyId'),
    BillingMode: textIn(it, 'BillingMode'),
  });
}

/** A store whose ingestion is off records nothing, whatever its status. */
function statusOf(it: JsonObject): string | undefined {
  const status = textIn(it, 'Status');
  return booleanIn(it, 'IngestionEnabled') === false && status === 'ENABLED' ? 'STOPPED_INGESTION' : status;
}

/** A list that is missing is not an empty one: that a store selects nothing has to be said. */
function selectorsOf(it: JsonObject): RawAdvancedEventSelector[] | undefined {
  if (it['AdvancedEventSelectors'] === undefined || it['AdvancedEventSelectors'] === null) return undefined;
  return objectsIn(it, 'AdvancedEventSelectors').map((selector) => ({
    Name: textIn(selector, 'Name'),
    FieldSelectors: objectsIn(selector, 'FieldSelectors').map((field) => {
      const unknownName = Object.keys(field).find((name) => !conditions.has(name));
      if (unknownName !== undefined)
        throw new MalformedAnswer(`A selector has a condition of unknown name ${unknownName}.`);
      return {
        Field: textIn(field, 'Field'),
        Equals: textsIn(field, 'Equals'),
        StartsWith: textsIn(field, 'StartsWith'),
        EndsWith: textsIn(field, 'EndsWith'),
        NotEquals: textsIn(field, 'NotEquals'),
        NotStartsWith: textsIn(field, 'NotStartsWith'),
        NotEndsWith: textsIn(field, 'NotEndsWith'),
      };
    }),
  }));
}

const conditions: ReadonlySet<string> = new Set([
  'Field',
  'Equals',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotStartsWith',
  'NotEndsWith',
]);
