import { cannotSay, type Decision } from './answer.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { enumerate } from './enumerate.js';
import type { Requests } from './request.js';
import { spaceOf } from './space.js';
import { Tally } from './tally.js';

/**
 * What a document makes of all requests that are asked about: a request is allowed when a
 * statement allows it and none denies it.
 *
 * It tries the requests that the statements can tell apart, each once, and so is exact: `when` means that there is a
 * request for which it holds and one for which it does not.
 */
export function evaluateIam(document: IamDocument | MalformedDocument, requests: Requests): Decision {
  if ('problem' in document) {
    return { allowed: cannotSay(document.problem), denied: cannotSay(document.problem) };
  }
  const allowed = new Tally();
  const denied = new Tally();
  for (const kind of requests.requester.kinds) {
    const space = spaceOf(document, kind, requests);
    if (space === undefined || !enumerate(space, allowed, denied)) {
      const tooMany = 'The document tells more requests apart than can be tried.';
      return { allowed: cannotSay(tooMany), denied: cannotSay(tooMany) };
    }
  }
  return { allowed: allowed.answer(), denied: denied.answer() };
}
