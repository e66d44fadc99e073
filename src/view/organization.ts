import type { Organization } from '../model/inventory.js';
import { required, texts } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { given } from './given.js';
import {
  isRecordedByStore,
  organizationAccounts,
  organizationStores,
  organizationTrails,
  uncoveredEverywhere,
} from './membership.js';
import type { Shape } from './object.js';
import { ViewList } from '../expression/index.js';

const described = ['organizations:DescribeOrganization'];

export const organizationShape: Shape<Organization> = {
  type: 'Organization',
  label: (organization) => organization.id,
  fields: fields<Organization>({
    id: observed(described, (it) => it.id),
    managementAccountId: observed(described, (it) => it.managementAccountId),
    featureSet: observed(described, ({ featureSet, managementAccountId: accountId }, world) =>
      given(
        featureSet,
        'FeatureSet',
        { call: 'organizations:DescribeOrganization', accountId, region: 'global' },
        world,
      ),
    ),
    policyTypes: observed(['organizations:ListRoots'], (it) => required(it.policyTypes, new ViewList([]), texts)),
    trustedServices: observed(['organizations:ListAWSServiceAccessForOrganization'], (it) =>
      required(it.trustedServices, new ViewList([]), texts),
    ),
    delegatedAdministrators: observed(['organizations:ListDelegatedAdministrators'], (it) =>
      required(it.delegatedAdministrators, new ViewList([]), texts),
    ),
    accounts: observed(['organizations:ListAccounts'], organizationAccounts),
    trails: derived(
      (_, { lookup }) => lookup.trails.map((trail) => evidenceOf(trail, ['cloudtrail:DescribeTrails'])),
      organizationTrails,
    ),
    eventDataStores: derived(
      (_, { lookup }) => lookup.eventDataStores.map((store) => evidenceOf(store, ['cloudtrail:GetEventDataStore'])),
      organizationStores,
    ),
    isRecordedByStore: derived(
      (_, { lookup }) => lookup.eventDataStores.map((store) => evidenceOf(store, ['cloudtrail:GetEventDataStore'])),
      isRecordedByStore,
      (_, world) => uncoveredEverywhere(world),
    ),
  }),
};
