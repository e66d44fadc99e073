import type { Gap } from '../../model/inventory.js';
import type { Access, ControlPolicy } from '../iam/index.js';
import type { Doubt } from '../values.js';

/** Service or resource control policies above an account. */
export interface Controls {
  readonly policies: readonly ControlPolicy[];
  /** There are others, or may be, that were not read. */
  readonly open?: Doubt;
}

export const noControls: Controls = { policies: [] };

/** What the documents of a resource are judged in. */
export interface DocumentSetting {
  readonly partition: string;
  /** Undefined in a run without an organization. */
  readonly organizationId: string | undefined;
  /** Of the organization. */
  readonly accountIds: readonly string[];
  /** Accounts that are not listed may be the organization's, too. */
  readonly accountsOpen?: Doubt;
  /** Resource control policies above the account that owns the resource. */
  readonly resourceControls: Controls;
  /** Notes why something cannot be decided, and gives the gap's id. `about` tells questions of one call apart. */
  readonly note: (gap: Pick<Gap, 'call' | 'reason' | 'message'>, about: string) => string;
}

/** What someone may do with a resource. */
export interface Reach {
  readonly class: Access['class'];
  readonly principal: string;
  readonly accountId?: string;
  /** The statements that let them, the grant of an ACL, or a grant of a key. */
  readonly statement: string;
  readonly actions: readonly string[];
  /** As the statements say them; empty: always. */
  readonly conditions: readonly string[];
  /** A document of the resource lets them; else only an identity policy of its account may. */
  readonly isGranted: boolean;
}
