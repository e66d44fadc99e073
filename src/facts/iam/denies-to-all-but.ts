import type { Answer } from './answer.js';
import { type Denial, denialOf } from './denial.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed, isDenied } from './evaluate.js';
import { ownedBy } from './owned-by.js';
import { principalsOfAccount } from './requesters.js';
import { anyOf, forSome, type Verdict } from './verdict.js';
import { type Place, requestersOf } from './who-can.js';

/** What is denied, e.g. s3:DeleteObject on the objects of a bucket. */
interface DeniedUse {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Whether a document lets anyone do something who is neither of the account that owns the resource nor CloudTrail for
 * one of its own trails.
 */
export function letsInOthers(document: IamDocument | MalformedDocument, place: Place, use: DeniedUse): Verdict {
  return anyOf(answersToOthers(document, place, use).map(forSome));
}

function answersToOthers(document: IamDocument | MalformedDocument, place: Place, use: DeniedUse): readonly Answer[] {
  return requestersOf(document, place)
    .filter((it) => it.class !== 'owner-account' && it.class !== 'own-trails')
    .map((it) => isAllowed(document, { ...use, requester: it.requester, context: ownedBy(place, use.actions) }));
}

/**
 * To whom a bucket policy denies something, e.g. to delete log objects: to everyone, or to everyone but principals that
 * it names. The owner's principals must be denied, since identity policies may allow them; others may be denied or
 * just not be allowed. ACLs and resource control policies are not part of it.
 */
export function deniesToAllBut(document: IamDocument | MalformedDocument, place: Place, use: DeniedUse): Denial {
  const statements = 'problem' in document ? [] : document.statements;
  const { ownerAccountId, partition = 'aws', organizationId } = place;
  const owner = principalsOfAccount(ownerAccountId, {
    partition,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  const toOwner = denialOf(statements, owner, (requester) =>
    isDenied(document, { ...use, requester, context: ownedBy(place, use.actions) }),
  );
  const others = answersToOthers(document, place, use);
  const letIn = others.find((it) => it.holdsFor !== undefined);
  if (letIn?.holdsFor !== undefined && toOwner.scope !== 'nobody') {
    const { statements: by, conditions, holdsFor } = letIn;
    return { ...toOwner, scope: 'partly', statements: by, conditions, example: holdsFor };
  }
  const open = others.find((it) => it.answer === 'unknown');
  return open === undefined || toOwner.scope === 'nobody' || toOwner.scope === 'partly'
    ? toOwner
    : { ...toOwner, scope: 'unknown', because: open.because };
}
