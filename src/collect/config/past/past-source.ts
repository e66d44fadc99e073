import type { Unknown } from '../../../model/known.js';
import type { ConfigItem, ItemType } from '../../../normalize/index.js';
import type { Ledger } from '../../aws/ledger.js';
import type { FoundItems, FoundRecorders, ItemSource, Wanted } from '../item-source.js';
import { versionAt, type ItemVersions } from './item-versions.js';
import { recordersWithEnded } from './recorders-at.js';

export interface Moment {
  /** RFC 3339 */
  readonly at: string;
  /** Only items of these accounts; undefined: of all. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** Why some items of a type may be missing. */
  readonly missing: (type: ItemType) => Unknown | undefined;
  /** Why an item may not be the state of its resource. */
  readonly doubt: (item: ConfigItem) => Unknown | undefined;
}

/** Items as they were in force at a moment. */
export class PastSource implements ItemSource {
  constructor(
    private readonly versions: ItemVersions,
    private readonly moment: Moment,
    private readonly ledger: Ledger,
  ) {}

  async items(type: ItemType, { ids, accounts }: Wanted = {}): Promise<FoundItems> {
    const wantedIds = ids === undefined ? undefined : new Set(ids);
    const wantedAccounts = accounts === undefined ? undefined : new Set(accounts);
    const all = this.inForce(type).filter(
      (it) => (wantedIds?.has(it.resourceId) ?? true) && (wantedAccounts?.has(it.accountId) ?? true),
    );
    return await Promise.resolve(this.found(type, all));
  }

  async recorders(): Promise<FoundRecorders> {
    const type = 'AWS::Config::ConfigurationRecorder';
    const { ended, ...found } = this.found(type, this.inForce(type));
    const { at, doubt } = this.moment;
    return await Promise.resolve(recordersWithEnded(found, ended, this.ledger, new Date(at), doubt));
  }

  private inForce(type: ItemType): ConfigItem[] {
    const { at, accounts } = this.moment;
    return [...this.versions.resources(type, accounts)].flatMap((it) => versionAt(it, at) ?? []);
  }

  private found(type: ItemType, all: readonly ConfigItem[]) {
    const gap = this.moment.missing(type);
    const items = all.filter((it) => !it.isGone);
    const ended = all.filter((it) => it.isGone);
    return { items, ended, evidence: {}, ...(gap === undefined ? {} : { gap }) };
  }
}
