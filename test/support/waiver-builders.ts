import { aboutFile } from '../../src/policy/diagnostic.js';
import { OrganizationalUnits } from '../../src/policy/index.js';
import type { Waiver, WaiverAccount, WaiverFacts } from '../../src/waivers/index.js';

/** A waiver of `trail-is-logging` that holds everywhere during 2026. */
export function aWaiver(waiver: Partial<Waiver> = {}): Waiver {
  return {
    id: 'W-1',
    policies: ['trail-is-logging'],
    reason: 'The trail is being moved.',
    owner: 'platform',
    approvedBy: 'security',
    created: '2026-01-01',
    expires: '2026-12-31',
    file: 'waivers.yaml',
    line: 3,
    remark: (path, { severity = 'error', code, message, help }) =>
      aboutFile(['waivers.yaml', ...path].join('/'), severity, code, message, help),
    ...waiver,
  };
}

export function aWaiverAccount(account: Partial<WaiverAccount> = {}): WaiverAccount {
  return { id: '111111111111', parents: ['r-ab12'], state: 'evaluated', ...account };
}

/** Facts of two accounts, all of which are known, and `trail-is-logging`. */
export function waiverFacts(facts: Partial<WaiverFacts> = {}): WaiverFacts {
  return {
    accounts: [aWaiverAccount(), aWaiverAccount({ id: '222222222222', parents: ['r-ab12', 'ou-ab12-11111111'] })],
    areAllAccountsKnown: true,
    units: new OrganizationalUnits([
      { id: 'r-ab12', name: 'Root' },
      { id: 'ou-ab12-11111111', name: 'Sandbox', parentId: 'r-ab12' },
    ]),
    policies: [{ id: 'trail-is-logging', target: 'trail' }],
    ...facts,
  };
}
