import type { Account } from '../model/inventory.js';
import { MalformedAnswer, required } from './malformed-answer.js';
import { defined, optionalTime } from './text.js';

/** An item of ListAccounts; e-mail addresses are not taken over. */
export interface RawAccount {
  readonly Id?: string | undefined;
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
  readonly State?: string | undefined;
  readonly Status?: string | undefined;
  readonly JoinedTimestamp?: Date | undefined;
  readonly Paths?: readonly string[] | undefined;
}

export interface ListedAccount extends Pick<Account, 'id' | 'arn' | 'name' | 'state' | 'joinedAt' | 'tags'> {
  /** Ids of the root and the OUs above it, root first; undefined where AWS gave no path. */
  readonly parents?: readonly string[];
}

/** AWS has retired Status for State; whichever is there counts. */
export function normalizeAccount(raw: RawAccount): ListedAccount {
  const id = required(raw.Id, 'Id');
  if (!/^\d{12}$/.test(id)) throw new MalformedAnswer('The answer has an account id that is not 12 digits.');
  return defined({
    id,
    arn: raw.Arn,
    name: raw.Name ?? id,
    state: required(raw.State ?? raw.Status, 'State'),
    joinedAt: optionalTime(raw.JoinedTimestamp, 'JoinedTimestamp'),
    parents: parentsOf(raw.Paths?.[0]),
  });
}

/** `o-…/r-…/ou-…/111122223333/` → the root and the OUs. */
function parentsOf(path: string | undefined): string[] | undefined {
  const ids = path?.split('/').filter((id) => id.startsWith('r-') || id.startsWith('ou-'));
  return ids === undefined || ids.length === 0 ? undefined : ids;
}
