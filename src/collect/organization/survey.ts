import type { Organization } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import type { Failure } from '../aws/classify-error.js';
import { once } from '../aws/service.js';
import type { Context } from '../run/context.js';
import { controlCalls, readControlPolicies } from './control-policies.js';
import {
  describeOrganization,
  listAccounts,
  parentsByWalk,
  readDelegatedAdministrators,
  readStructure,
  readTrustedServices,
  type OrganizationIdentity,
} from './organization.js';

/** Whether the caller's account is in an organization, as far as AWS tells. */
export type Membership =
  | { readonly is: 'alone' }
  | { readonly is: 'unknown'; readonly gap: Unknown; readonly failure: Failure }
  | { readonly is: 'member'; readonly survey: OrganizationSurvey };

/** The organization's control policies. */
export interface Controls {
  readonly policies: Pick<Organization, 'serviceControlPolicies' | 'resourceControlPolicies'>;
  readonly evidence: Readonly<Record<string, string>>;
}

/** How far the list of accounts could be read: to its end, not to its end, or not at all. */
export type ListReach =
  | { readonly is: 'whole' }
  | { readonly is: 'cut' | 'refused'; readonly gap: Unknown; readonly failure: Failure };

export interface ListedAccounts {
  readonly accounts: readonly ListedAccount[];
  readonly reach: ListReach;
}

export interface PlacedAccount extends Omit<ListedAccount, 'parents'> {
  /** The ids of the root and the OUs above it, root first. */
  readonly parents: Known<readonly string[]>;
}

/** Asks which organization the caller is in: what every command does before it asks for anything else. */
export async function surveyOrganization(context: Context): Promise<Membership> {
  const { it, evidence, failure } = await describeOrganization(context);
  switch (it.state) {
    case 'absent':
      return { is: 'alone' };
    case 'unknown':
      return { is: 'unknown', gap: it, failure: failureOf(failure) };
    case 'known':
      return { is: 'member', survey: new OrganizationSurvey(context, it.value, evidence) };
  }
}

/**
 * The organization as the caller may see it. Each thing is asked for once, when it is first needed, and what could not
 * be read is unknown: every command draws its own conclusions from this one reading.
 */
export class OrganizationSurvey {
  /** Ids of the delegated administrators of CloudTrail. */
  readonly administrators = once(() => readDelegatedAdministrators(this.context));
  /** Service principals with trusted access. */
  readonly services = once(() => readTrustedServices(this.context));
  readonly structure = once(() => readStructure(this.context));
  /** Service and resource control policies, where a policy asks for them. */
  readonly controls = once(() => this.readControls());
  /** Account id → ids of the root and OUs above it, root first, from a walk over all OUs: it takes long. */
  readonly walked = once(() => this.walk());

  constructor(
    private readonly context: Context,
    readonly identity: OrganizationIdentity,
    readonly evidence: Readonly<Record<string, string>>,
  ) {}

  /**
   * Gives every account once, page by page as AWS lists them, and none where the list is refused. The management
   * account is known from DescribeOrganization: a list that is cut does not leave it out.
   */
  async eachPage(onPage: (accounts: readonly ListedAccount[]) => void): Promise<ListReach> {
    const seen = new Set<string>();
    const give = (accounts: readonly ListedAccount[]): void => {
      // A page that comes again must not give its accounts twice.
      const fresh = accounts.filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      onPage(fresh);
    };
    let pages = 0;
    for await (const { it, failure } of listAccounts(this.context)) {
      if (it.state === 'known') {
        pages += 1;
        give(it.value);
      } else if (it.state === 'unknown') {
        if (pages > 0) give([this.managementAccount()]);
        return { is: pages === 0 ? 'refused' : 'cut', gap: it, failure: failureOf(failure) };
      }
    }
    return { is: 'whole' };
  }

  /** The accounts that are known: all that are listed, and the management account in any case. */
  async accounts(onListed: (accounts: number) => void): Promise<ListedAccounts> {
    const accounts: ListedAccount[] = [];
    const reach = await this.eachPage((page) => {
      accounts.push(...page);
      onListed(accounts.length);
    });
    return { accounts: reach.is === 'refused' ? [this.managementAccount()] : accounts, reach };
  }

  /** The accounts, each with its place in the organization. */
  async placed(accounts: readonly ListedAccount[]): Promise<PlacedAccount[]> {
    const place = async (account: ListedAccount): Promise<PlacedAccount> => ({
      ...account,
      parents: await this.parentsOf(account),
    });
    return await Promise.all(accounts.map(place));
  }

  /** The ids of the root and the OUs above an account, root first. */
  async parentsOf({ id, parents }: Pick<ListedAccount, 'id' | 'parents'>): Promise<Known<readonly string[]>> {
    if (parents !== undefined) return known(parents);
    const walked = await this.walked();
    if (walked.state !== 'known') return walked;
    const found = walked.value.get(id);
    return found === undefined ? this.notPlaced(id) : known(found);
  }

  private async readControls(): Promise<Controls | undefined> {
    const { aws } = this.context;
    if (!controlCalls.every((call) => aws.isSelected(call))) return undefined;
    const { policyTypes } = await this.structure();
    const service = await readControlPolicies(this.context, 'SERVICE_CONTROL_POLICY', policyTypes);
    const resource = await readControlPolicies(this.context, 'RESOURCE_CONTROL_POLICY', policyTypes);
    return {
      policies: { serviceControlPolicies: service.it, resourceControlPolicies: resource.it },
      evidence: { ...service.evidence, ...resource.evidence },
    };
  }

  private async walk(): ReturnType<typeof parentsByWalk> {
    const { organizationalUnits: units } = await this.structure();
    return units.state === 'known' ? await parentsByWalk(this.context, units.value) : units;
  }

  /** It is active: AWS closes a management account only when it has no organization any more. */
  private managementAccount(): ListedAccount {
    const { managementAccountId: id } = this.identity;
    return { id, name: id, state: 'ACTIVE' };
  }

  private notPlaced(accountId: string): Unknown {
    const { aws, sessions, region } = this.context;
    const asked = {
      call: 'organizations:ListAccountsForParent',
      accountId: sessions.base.accountId,
      region,
      resource: accountId,
    };
    const message = `Account ${accountId} was found in no OU: it may have been moved while the OUs were read.`;
    return aws.settings.ledger.addGap(asked, { reason: 'error', message }, new Date(aws.settings.clock.now()));
  }
}

function failureOf(failure: Failure | undefined): Failure {
  if (failure === undefined) throw new Error('What could not be read has a failure that says why.');
  return failure;
}
