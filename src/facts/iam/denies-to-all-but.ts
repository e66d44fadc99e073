import { type Denial, denialOf } from './denial.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed, isDenied } from './evaluate.js';
import { principalsOfAccount } from './requesters.js';
import { type Place, requestersOf } from './who-can.js';

/**
 * To whom a bucket policy denies something, e.g. to delete log objects: to everyone, or to everyone but principals that
 * it names. The owner's principals must be denied, since identity policies may allow them; others may be denied or
 * just not be allowed. ACLs and resource control policies are not part of it.
 */
export function deniesToAllBut(
  document: IamDocument | MalformedDocument,
  place: Place,
  use: { readonly actions: readonly string[]; readonly resources: readonly string[] },
): Denial {
  const statements = 'problem' in document ? [] : document.statements;
  const { ownerAccountId, partition = 'aws', organizationId } = place;
  const owner = principalsOfAccount(ownerAccountId, {
    partition,
    ...(organizationId === undefined ? {} : { organizationId }),
  });
  const toOwner = denialOf(statements, owner, (requester) => isDenied(document, { ...use, requester }));
  const others = requestersOf(document, place)
    .filter((it) => it.class !== 'owner-account' && it.class !== 'own-trails')
    .map((it) => isAllowed(document, { ...use, requester: it.requester }));
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
