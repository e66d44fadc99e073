import type { Inventory } from '../../src/model/inventory.js';
import { known } from '../../src/model/known.js';
import type { Evaluation, Results, Target } from '../../src/model/results.js';
import { aPolicy, aResults, anAccountTarget, anEvaluation } from './results-builders.js';

const management = '111122223333';
const trailArn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/northwind-organization';

function on(type: Target['type'], arn: string, accountId: string, region: string): Target {
  return { type, id: arn, arn, name: arn.split(/[:/]/).at(-1) ?? arn, accountId, region };
}

function failing(
  policyId: string,
  target: Target,
  assert: string,
  expr = 'x',
  value: string | boolean = false,
): Evaluation {
  const reasons = [{ assert, message: 'It fails.', because: [{ expr, value }] }];
  return anEvaluation({ policyId, outcome: 'NON_COMPLIANT', target, reasons, message: 'It fails.' });
}

const trail = on('trail', trailArn, management, 'eu-west-1');
const key = (id: string) => on('kms-key', `arn:aws:kms:eu-west-1:${management}:key/${id}`, management, 'eu-west-1');

const store = on(
  'event-data-store',
  `arn:aws:cloudtrail:eu-west-1:${management}:eventdatastore/1234abcd-12ab-34cd-56ef-1234567890ab`,
  management,
  'eu-west-1',
);

/** A finding for each kind of step that the sample does not need. */
const evaluations: readonly Evaluation[] = [
  failing(
    'kms-key-is-usable',
    key('1234abcd-12ab-34cd-56ef-1234567890ab'),
    'enabled',
    'key.keyState',
    'PendingDeletion',
  ),
  failing('kms-key-is-usable', key('1234abcd-12ab-34cd-56ef-1234567890ac'), 'enabled', 'key.keyState', 'Disabled'),
  failing(
    'log-group-retains-logs',
    on(
      'log-group',
      `arn:aws:logs:eu-west-1:${management}:log-group:/aws/cloudtrail/northwind`,
      management,
      'eu-west-1',
    ),
    'retention',
  ),
  failing('event-data-store-keeps-events', store, 'retention'),
  failing('event-data-store-is-ingesting', store, 'ingests', 'eventDataStore.status', 'STOPPED_INGESTION'),
  failing('event-data-store-records-every-region', store, 'multi-region'),
  failing('event-data-store-encrypts-with-kms', store, 'key'),
  failing('trail-has-insights', trail, 'insights'),
  failing('trail-does-not-record-its-own-deliveries', trail, 'no-loop'),
  failing('trail-validates-log-files', trail, 'validation'),
  failing(
    'log-bucket-is-locked',
    on('log-bucket', 'arn:aws:s3:::northwind-organization-logs', '222233334444', 'eu-west-1'),
    'locked',
  ),
  failing(
    'log-bucket-requires-tls',
    on('log-bucket', 'arn:aws:s3:::northwind-organization-logs', '222233334444', 'eu-west-1'),
    'tls',
  ),
  failing('account-records-management-events', anAccountTarget(management, 'management'), 'writes'),
  failing('account-records-s3-write-events', anAccountTarget(management, 'management'), 'writes'),
];

/** These findings, and the state of the sample with what their steps need to know. */
export function findingsOfEachKind(sample: Inventory): { readonly results: Results; readonly inventory: Inventory } {
  const advanced = [
    {
      name: 'Management events without KMS',
      fieldSelectors: [
        { ...empty, field: 'eventCategory', equals: ['Management'] },
        { ...empty, field: 'eventSource', notEquals: ['kms.amazonaws.com'] },
      ],
    },
    {
      name: 'Lambda',
      fieldSelectors: [
        { ...empty, field: 'eventCategory', equals: ['Data'] },
        { ...empty, field: 'resources.type', equals: ['AWS::Lambda::Function'] },
      ],
    },
  ];
  const results = aResults({
    run: { capturedAt: sample.capturedAt },
    policies: [
      aPolicy({ id: 'trail-has-insights', params: { types: ['ApiCallRateInsight', 'ApiErrorRateInsight'] } }),
      ...['kms-key-is-usable', 'log-bucket-is-locked'].map((id) => aPolicy({ id })),
    ],
    evaluations,
    organization: { id: 'o-nw0rthw1nd', managementAccountId: management },
  });
  return {
    results,
    inventory: {
      ...sample,
      trails: sample.trails.map((it) =>
        it.arn === trailArn
          ? {
              ...it,
              eventSelectors: known({ basic: [], advanced }),
              insightSelectors: known([{ insightType: 'ApiCallRateInsight', eventCategories: ['Management'] }]),
            }
          : it,
      ),
    },
  };
}

/** No organization trail, where there is an organization. */
export function noOrganizationTrail(sample: Inventory): { readonly results: Results; readonly inventory: Inventory } {
  const target = {
    ...on('organization', 'arn:aws:organizations::111122223333:organization/o-nw0rthw1nd', management, 'global'),
  };
  return {
    results: aResults({
      run: { capturedAt: sample.capturedAt },
      evaluations: [failing('organization-trail-covers-every-account', target, 'organization-trail')],
      organization: { id: 'o-nw0rthw1nd', managementAccountId: management },
    }),
    inventory: { ...sample, trails: [] },
  };
}

const empty = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
