import type { Key } from '../model/inventory.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** Undefined: the key can encrypt. Else its state, or `deleted`. */
export type KeyTrouble = string | undefined;

/**
 * Whether a key can encrypt now; unknown also in states that are new to us.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function keyTrouble({ metadata }: Key, noteState: (state: string) => string): Tri<KeyTrouble> {
  switch (metadata.state) {
    case 'unknown':
      return doubt([metadata.gap]);
    case 'absent':
      return sure('deleted');
    case 'known':
      return troubleIn(metadata.value.keyState, noteState);
  }
}

/** The same, of its state. */
export function troubleIn(state: string, noteState: (state: string) => string): Tri<KeyTrouble> {
  switch (state) {
    case 'Enabled':
    // The primary Region of a multi-Region key is moving: meanwhile it works.
    case 'Updating':
      return sure(undefined);
    case 'Creating':
    case 'Disabled':
    case 'PendingDeletion':
    case 'PendingImport':
    case 'PendingReplicaDeletion':
    case 'Unavailable':
      return sure(state);
    default:
      return doubt([noteState(state)]);
  }
}
