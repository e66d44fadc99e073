import type { Gap } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import { type ConfigItem, MalformedAnswer } from '../../normalize/index.js';
import type { Asked, Ledger } from '../aws/ledger.js';
import type { ItemSource } from './item-source.js';
import type { NotRecorded } from './not-recorded.js';
import type { Recording } from './recorders.js';

/** What the modules that turn items into resources share. */
export interface Reading {
  readonly source: ItemSource;
  readonly recording: Recording;
  readonly notRecorded: NotRecorded;
  readonly ledger: Ledger;
  readonly partition: string;
  /** When the run began. */
  readonly at: Date;
}

/** The item as evidence: its id. */
export function evidenceOfItem({ ledger }: Pick<Reading, 'ledger'>, item: ConfigItem): string {
  const { type, accountId, region, resourceId, arn, capturedAt } = item;
  return ledger.addItem({ item: type, accountId, region, resource: arn ?? resourceId, at: capturedAt });
}

/** Writes down that AWS Config has no record of something that is there. */
export function noRecord({ ledger, at }: Pick<Reading, 'ledger' | 'at'>, asked: Asked, message: string): Unknown {
  return ledger.addGap(asked, { reason: 'not-recorded-by-config', message }, at);
}

/** What the item tells, or the gap that says why it does not tell it. */
export function readOr<T>(
  { ledger, at }: Pick<Reading, 'ledger' | 'at'>,
  asked: Asked,
  read: () => T,
  reason: Gap['reason'] = 'not-recorded-by-config',
): T | Unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    return ledger.addGap(asked, { reason, message: error.message }, at);
  }
}
