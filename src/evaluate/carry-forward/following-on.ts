import type { ClosedFinding, Results } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { uploadable } from './uploadable.js';

/** The results with what is said of the run that they follow on: what was closed without being judged, and whether SARIF may be uploaded. */
export function followingOn(
  followed: Results,
  previous: Results | undefined,
  closed: readonly ClosedFinding[],
): Results {
  const { sarifUploadable, reason } = uploadable(followed, true);
  return {
    ...followed,
    previous: {
      ...(previous === undefined ? {} : { capturedAt: previous.run.capturedAt }),
      sarifUploadable,
      reason,
      closed: closed.toSorted((a, b) => byText(a.fingerprint, b.fingerprint)),
    },
  };
}
