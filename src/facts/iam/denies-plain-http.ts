import type { IamDocument, MalformedDocument } from './document.js';
import { isDenied } from './evaluate.js';
import { accountsNamedIn, organizationsNamedIn, principalsNamedIn } from './named-in.js';
import { ownedBy } from './owned-by.js';
import { type ContextValue, is, isUnknown, type Requester } from './request.js';
import {
  anonymous,
  principalsOfAccount,
  principalsOfAnyAccount,
  principalsOfOrganization,
  service,
} from './requesters.js';
import { bucketActions, objectActions, otherS3Actions } from './s3-actions.js';
import { allOf, forAll, type Verdict } from './verdict.js';

/**
 * Whether a bucket policy denies each request over plain HTTP: every action, on the bucket and on all of its objects,
 * to everyone: with and without credentials, AWS services too. That nothing allows them is not enough: identity
 * policies may.
 *
 * @param ownerAccountId of the bucket; undefined where it is not known
 * @returns no with a request in `example` that is not denied; unknown where each action is denied that we know of, but
 * not those that AWS may add
 */
export function deniesPlainHttp(
  document: IamDocument | MalformedDocument,
  bucketArn: string,
  ownerAccountId?: string,
): Verdict {
  const verdicts: Verdict[] = [];
  for (const requester of everyone(document, bucketArn)) {
    verdicts.push(deniesTo(document, { bucketArn, ownerAccountId }, requester, verdicts.at(-1)?.verdict !== 'no'));
  }
  return allOf(verdicts);
}

/** @param isLikely whether to ask for all actions at once first: it changes how long it takes, not what is answered */
function deniesTo(
  document: IamDocument | MalformedDocument,
  { bucketArn, ownerAccountId }: { readonly bucketArn: string; readonly ownerAccountId: string | undefined },
  requester: Requester,
  isLikely: boolean,
): Verdict {
  const owned = ownerAccountId === undefined ? {} : ownedBy({ ownerAccountId }, ['s3:*']);
  const context = { ...owned, ...plainHttp };
  const deniesUse = (
    actions: readonly string[],
    exceptActions: readonly string[],
    resources: readonly string[],
  ): Verdict => forAll(isDenied(document, { requester, actions, exceptActions, resources, context }));
  const [bucket, objects] = [[bucketArn], [`${bucketArn}/?*`]];
  const deniesAll = (): Verdict => deniesUse(['s3:*'], [], [...bucket, ...objects]);
  const first = isLikely ? deniesAll() : undefined;
  if (first?.verdict === 'yes') return first;
  const known = allOf([deniesUse(objectActions, [], objects), deniesUse(bucketActions, [], bucket)]);
  // Where one of these is not denied, not all are.
  if (known.verdict !== 'yes') return known;
  const all = first ?? deniesAll();
  if (all.verdict === 'yes') return all;
  // Whatever AWS adds: all but the actions that we know to be used on something else.
  const deniesRest = allOf([
    deniesUse(
      ['s3:*'],
      [...objectActions, ...otherS3Actions].filter((it) => !bucketActions.includes(it)),
      bucket,
    ),
    deniesUse(
      ['s3:*'],
      [...bucketActions, ...otherS3Actions].filter((it) => !objectActions.includes(it)),
      objects,
    ),
  ]);
  if (deniesRest.verdict === 'yes') return deniesRest;
  const because = ['Each S3 action that is known is denied, but not every action that AWS may add.'];
  return { verdict: 'unknown', statements: known.statements, conditions: [], because };
}

const plainHttp: Readonly<Record<string, ContextValue>> = {
  'aws:SecureTransport': is('false'),
  // Plain HTTP is less than any version of TLS: a Deny of less than 1.2 denies it, as AWS says. More is not known.
  // Source: https://repost.aws/knowledge-center/s3-enforce-modern-tls
  's3:TlsVersion': isUnknown('is less than 1 over plain HTTP, and not documented any nearer', {
    state: 'any',
    among: ['0', '0.9'],
    orAbsent: false,
  }),
};

/** Also those whom a condition sets apart from all others: a Deny to whoever is not of an organization spares that. */
function everyone(document: IamDocument | MalformedDocument, bucketArn: string): readonly Requester[] {
  const partition = bucketArn.split(':')[1] ?? 'aws';
  const services = principalsNamedIn(document).flatMap((it) => (it.type === 'service' ? [it.name] : []));
  return [
    anonymous(),
    principalsOfAnyAccount(partition),
    ...organizationsNamedIn(document).map((it) => principalsOfOrganization(it, partition)),
    ...accountsNamedIn(document).map((it) => principalsOfAccount(it, { partition })),
    anyService(),
    ...services.map((name) => service(name, {})),
  ];
}

/** Whichever service that no Principal names: conditions may tell its name from others. */
function anyService(): Requester {
  const { name, kinds } = service('any.amazonaws.com', {});
  const like = ['?*.amazonaws.com', '?*.amazonaws.com.cn'];
  const named = { 'aws:PrincipalServiceName': { state: 'any', like, orAbsent: false } } as const;
  return { name, kinds: kinds.map(({ identity, context }) => ({ identity, context: { ...context, ...named } })) };
}
