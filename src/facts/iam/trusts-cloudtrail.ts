import { trailsOfOthers } from './cloudtrail-requests.js';
import type { IamDocument, MalformedDocument } from './document.js';
import { isAllowed } from './evaluate.js';
import { accountsNamedIn } from './named-in.js';
import type { Ours } from './requesters.js';
import { anyOf, forSome, type Verdict } from './verdict.js';
import { type Access, type Place, whoCan } from './who-can.js';

/** What is asked for of the resource, e.g. s3:PutObject on the objects of a bucket. */
export interface Use {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Whether a document lets CloudTrail in on behalf of accounts that are not ours: a trail of anyone could write to the
 * bucket, use the key or publish to the topic (the confused deputy). It is bound by aws:SourceArn, aws:SourceAccount or
 * aws:SourceOrgID.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html
 *
 * @returns yes with the statements that let it in
 */
export function hasConfusedDeputy(document: IamDocument | MalformedDocument, use: Use, ours: Ours): Verdict {
  const requester = trailsOfOthers(ours, accountsNamedIn(document));
  return forSome(isAllowed(document, { ...use, requester }));
}

export interface Trust {
  /** yes: none but our own trails, and the services that are named as allowed */
  readonly verdict: Verdict['verdict'];
  /** who else the document lets in, or may */
  readonly others: readonly Access[];
}

/**
 * Whether a bucket policy lets only CloudTrail write among the logs, and that for our trails alone: no person, not
 * even of the owner's account, no foreign account and no trail of others.
 *
 * @param resources where the trails deliver, e.g. `arn:aws:s3:::logs/AWSLogs/*`
 * @param allowedServices service principals that may write there too
 */
export function trustsOnlyCloudTrail(
  document: IamDocument | MalformedDocument,
  resources: readonly string[],
  place: Place,
  allowedServices: readonly string[] = [],
): Trust {
  const writers = whoCan(document, place, { actions: writeActions, resources });
  const others = writers.filter(
    (it) =>
      it.allowed.answer !== 'never' &&
      it.class !== 'own-trails' &&
      !(it.class === 'aws-services' && allowedServices.includes(it.principal)),
  );
  const isOpen = anyOf(others.map((it) => forSome(it.allowed)));
  return { verdict: isOpen.verdict === 'no' ? 'yes' : isOpen.verdict === 'yes' ? 'no' : 'unknown', others };
}

/** What puts an object into a bucket. */
const writeActions = ['s3:PutObject', 's3:ReplicateObject'];
