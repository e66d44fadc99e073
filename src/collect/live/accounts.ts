import type { Account, EventDataStore, Trail } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import { readAccount, readOwnTrails, type AccountPlan, type OwnTrails, type ReadAccount } from './account.js';
import type { Context } from '../run/context.js';
import type { ScopeAnswer } from '../organization/scope.js';
import { joinedChosen, unreadChosen, type ChosenLists } from '../resources/chosen.js';
import { describeForeignTrails, type ListedTrail } from '../resources/trails.js';

/** Everything that was read in accounts, gathered while they are read. */
export class Accounts {
  readonly accounts: Account[] = [];
  readonly trails = new Map<string, Trail>();
  readonly stores = new Map<string, EventDataStore>();
  private readonly foundChosen: ChosenLists[] = [];
  private readonly strangers = new Set<string>();
  private readonly own = new Map<string, Promise<OwnTrails | { readonly gap: Unknown }>>();

  /** @param onRead told of each account that was entered and read, with the trails of its own that count */
  constructor(
    private readonly context: Context,
    private readonly onRead: (accountId: string, trails: readonly Trail[]) => void = () => {},
  ) {}

  /** The trails of an account, read once whoever asks first. */
  async ownTrails(accountId: string, region: string): Promise<OwnTrails | { readonly gap: Unknown }> {
    let reading = this.own.get(accountId);
    if (reading === undefined) {
      reading = this.readOwn(accountId, region);
      this.own.set(accountId, reading);
    }
    return await reading;
  }

  private async readOwn(accountId: string, region: string): Promise<OwnTrails | { readonly gap: Unknown }> {
    const entered = await this.context.sessions.enter(accountId);
    return 'gap' in entered ? entered : await readOwnTrails(this.context, entered.session, region);
  }

  /** Reads an account in full, and keeps what it told; of one that is not in scope only what is the organization's. */
  async read(account: ListedAccount, plan: AccountPlan, region: string, standing: ScopeAnswer): Promise<void> {
    const read = await this.tryRead(account.id, plan, region);
    if ('gap' in read) {
      this.keepUnread(account, read.gap, plan, standing);
      return;
    }
    const trails = standing.is === 'in' ? read.trails : read.trails.filter(mayBeOrganizations);
    this.addTrails(trails);
    for (const store of read.stores) this.stores.set(store.arn, store);
    this.foundChosen.push(read.chosen.found);
    const observed = new Set(plan.organizationTrails.map((trail) => trail.arn));
    await this.describeFrom(
      account.id,
      read.foreign.filter((trail) => !observed.has(trail.arn)),
    );
    const {
      ownTrails,
      observedTrails,
      eventDataStores,
      regions,
      recorders,
      recordersGap,
      fullAccess,
      trailRights,
      chosen,
      evidence,
    } = read;
    this.accounts.push({
      ...common(account),
      ...outOfScope(standing),
      ownTrails: standing.is === 'unknown' ? standing.gap : ownTrails,
      ...(plan.unseenTrails === undefined ? {} : { ownTrailsGap: plan.unseenTrails.gap }),
      observedTrails,
      ...(eventDataStores === undefined ? {} : { eventDataStores }),
      regions,
      publicAccessBlock: this.context.notAsked.publicAccessBlock,
      ...(recorders === undefined ? {} : { recorders }),
      ...(recordersGap === undefined ? {} : { recordersGap }),
      ...(fullAccess === undefined ? {} : { fullAccess }),
      ...(trailRights === undefined ? {} : { trailRights }),
      ...chosen.arns,
      evidence,
    });
    await this.leave(account.id);
    if (read.ownTrails.state === 'known') this.onRead(account.id, trails);
  }

  /** The log archive's account and some others are asked again later, all others never. */
  private async leave(accountId: string): Promise<void> {
    const entered = await this.context.sessions.enter(accountId);
    if ('session' in entered && entered.session !== this.context.sessions.base) entered.session.releaseClients();
  }

  private async tryRead(
    accountId: string,
    plan: AccountPlan,
    region: string,
  ): Promise<ReadAccount | { readonly gap: Unknown }> {
    const own = await this.ownTrails(accountId, region);
    if ('gap' in own) return own;
    const entered = await this.context.sessions.enter(accountId);
    return 'gap' in entered ? entered : await readAccount(this.context, entered.session, own, plan);
  }

  /** What the accounts have of the kinds that a policy asks for. */
  chosen(): ChosenLists {
    return joinedChosen(this.context.chosen, this.foundChosen);
  }

  addTrails(trails: readonly Trail[]): void {
    for (const trail of trails) this.trails.set(trail.arn, trail);
  }

  /** An account that could not be entered: everything about it is unknown, for the one reason. */
  private keepUnread(
    account: ListedAccount,
    gap: Unknown,
    { asksRecorders, chosen }: AccountPlan,
    standing: ScopeAnswer,
  ): void {
    this.accounts.push({
      ...common(account),
      ...outOfScope(standing),
      ownTrails: gap,
      observedTrails: [],
      regions: gap,
      publicAccessBlock: gap,
      ...(asksRecorders ? { recorders: [], recordersGap: gap.gap } : {}),
      ...unreadChosen(chosen, gap),
      evidence: {},
    });
  }

  /** An account that is not read: out of scope, with the reason, or perhaps in it, with the gap. */
  leaveOut(account: ListedAccount, standing: Exclude<ScopeAnswer, { is: 'in' }>): void {
    const { regions, publicAccessBlock } = this.context.notAsked;
    this.accounts.push({
      ...common(account),
      ...outOfScope(standing),
      ownTrails: standing.is === 'unknown' ? standing.gap : regions,
      observedTrails: [],
      regions,
      publicAccessBlock,
      evidence: {},
    });
  }

  /** An account in scope that another part of the run reads. */
  leaveElsewhere(account: ListedAccount, where: string): void {
    const { ledger, clock } = this.context.aws.settings;
    const asked = { call: 'cloudtrail:ListTrails', accountId: '*', region: 'global', resource: where };
    const message = `This account is read in another part of the run: ${where}.`;
    const gap = ledger.addGap(asked, { reason: 'not-collected', message }, new Date(clock.now()));
    const { regions, publicAccessBlock } = this.context.notAsked;
    this.accounts.push({
      ...common(account),
      elsewhere: where,
      ownTrails: gap,
      observedTrails: [],
      regions,
      publicAccessBlock,
      evidence: {},
    });
  }

  /** Trails that only members see: the first to see one tells its configuration, and nothing that is the owner's. */
  private async describeFrom(accountId: string, trails: ReadAccount['foreign']): Promise<void> {
    const strangers = trails.filter((trail) => !this.trails.has(trail.arn) && !this.strangers.has(trail.arn));
    if (strangers.length === 0) return;
    for (const { arn } of strangers) this.strangers.add(arn);
    const entered = await this.context.sessions.enter(accountId);
    if ('gap' in entered) return;
    const unread = (trail: ListedTrail): Unknown => this.noteOwnerUnasked(trail, accountId);
    for (const trail of await describeForeignTrails(this.context, entered.session, strangers, unread)) {
      if (!this.trails.has(trail.arn)) this.trails.set(trail.arn, trail);
    }
  }

  private noteOwnerUnasked({ arn, accountId, homeRegion }: ListedTrail, seenBy: string): Unknown {
    const { ledger, clock } = this.context.aws.settings;
    const asked = { call: 'cloudtrail:GetTrailStatus', accountId, region: homeRegion, resource: arn };
    const message = `Account ${seenBy} sees this trail. Account ${accountId}, which owns it, was not asked: what it records and whether it delivers, only the owner is told.`;
    return ledger.addGap(asked, { reason: 'not-collected', message }, new Date(clock.now()));
  }
}

function mayBeOrganizations({ description: it }: Trail): boolean {
  return it.state !== 'known' || it.value.isOrganizationTrail;
}

function outOfScope(standing: ScopeAnswer): Pick<Account, 'outOfScope'> {
  return standing.is === 'out' ? { outOfScope: standing.reason } : {};
}

function common(
  account: ListedAccount,
): Pick<Account, 'id' | 'arn' | 'name' | 'state' | 'joinedAt' | 'parents' | 'tags'> {
  const { parents, ...rest } = account;
  const it: Known<readonly string[]> = parents === undefined ? { state: 'absent' } : known(parents);
  return { ...rest, parents: it };
}
