import { type Answer, cannotSay, type Decision } from './answer.js';
import type { IamDocument, MalformedDocument, Statement } from './document.js';
import { memo } from './memo.js';
import type { Requests } from './request.js';
import { search } from './search.js';
import { type Goal, spaceOf } from './space.js';
import { Tally } from './tally.js';

/**
 * What a document makes of all requests that are asked about: a request is allowed when a statement allows it and none
 * denies it.
 *
 * It goes through the requests that the statements can tell apart and so is exact: `when` means that there is a
 * request for which it holds and one for which it does not.
 */
export function evaluateIam(document: IamDocument | MalformedDocument, requests: Requests): Decision {
  return { allowed: isAllowed(document, requests), denied: isDenied(document, requests) };
}

/** Whether the document allows the requests, and does not deny them. */
export function isAllowed(document: IamDocument | MalformedDocument, requests: Requests): Answer {
  return answer(document, requests, 'allowed');
}

/** Whether the document denies the requests, whatever else allows them. */
export function isDenied(document: IamDocument | MalformedDocument, requests: Requests): Answer {
  return answer(document, requests, 'denied');
}

function answer(document: IamDocument | MalformedDocument, requests: Requests, goal: 'allowed' | 'denied'): Answer {
  return 'problem' in document ? cannotSay(document.problem) : answerOf(oneLevel(document), requests, goal);
}

const oneLevel = memo((document: IamDocument) => [document.statements]);

/** @param levels the statements; of control policies by level */
export function answerOf(levels: readonly (readonly Statement[])[], requests: Requests, goal: Goal): Answer {
  const tally = new Tally();
  for (const kind of requests.requester.kinds) {
    if (tally.isSettled) break;
    const space = spaceOf(levels, kind, requests, goal);
    if (!search(space, goal, levels.length, tally) || !space.isWhole) {
      tally.giveUp('The document tells more requests apart than can be tried.');
    }
  }
  return tally.answer();
}
