import type { IamDocument, MalformedDocument } from './document.js';
import { evaluateIam } from './evaluate.js';
import { accountsNamedIn, principalsNamedIn } from './named-in.js';
import { is, isUnknown, type Requester } from './request.js';
import { anonymous, principalsOfAccount, principalsOfAnyAccount, service } from './requesters.js';
import { allOf, forAll, type Verdict } from './verdict.js';

/**
 * Whether a bucket policy denies each request over plain HTTP: every action, on the bucket and on all of its objects,
 * to everyone: with and without credentials, AWS services too. That nothing allows them is not enough: identity
 * policies may.
 *
 * @returns no with a request in `example` that is not denied
 */
export function deniesPlainHttp(document: IamDocument | MalformedDocument, bucketArn: string): Verdict {
  const context = {
    'aws:SecureTransport': is('false'),
    // Plain HTTP is less than any version of TLS: a Deny of less than 1.2 denies it, as AWS says. More is not known.
    // Source: https://repost.aws/knowledge-center/s3-enforce-modern-tls
    's3:TlsVersion': isUnknown('is less than 1 over plain HTTP, and not documented any nearer', {
      state: 'any',
      among: ['0', '0.9'],
      orAbsent: false,
    }),
  };
  const resources = [bucketArn, `${bucketArn}/?*`];
  return allOf(
    everyone(document, bucketArn).map((requester) =>
      forAll(evaluateIam(document, { requester, actions: ['s3:*'], resources, context }).denied),
    ),
  );
}

function everyone(document: IamDocument | MalformedDocument, bucketArn: string): readonly Requester[] {
  const partition = bucketArn.split(':')[1] ?? 'aws';
  const services = principalsNamedIn(document).flatMap((it) => (it.type === 'service' ? [it.name] : []));
  return [
    anonymous(),
    principalsOfAnyAccount(partition),
    ...accountsNamedIn(document).map((it) => principalsOfAccount(it, { partition })),
    ...['any.amazonaws.com', ...services].map((name) => service(name, {})),
  ];
}
