import type { Unreadable } from '../model/object-store.js';
import type { Gap } from '../model/results.js';

/** Why something was not read, in the words of gaps. */
export function gapReasonOf({ reason }: Unreadable): Gap['reason'] {
  switch (reason) {
    case 'access-denied':
    case 'kms': {
      return 'access-denied';
    }
    case 'throttled': {
      return 'throttled';
    }
    case 'budget': {
      return 'not-collected';
    }
    case 'archived':
    case 'network':
    case 'error': {
      return 'error';
    }
  }
}
