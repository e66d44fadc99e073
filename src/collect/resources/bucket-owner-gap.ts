import type { Gap } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import type { Failure } from '../aws/classify-error.js';
import type { Context } from '../run/context.js';

/** What came of asking an account about a bucket, where it has not turned out to be the owner. */
export type Asking =
  /** S3 refused it: the bucket exists, and is another account's, or the role may not see it. */
  | { readonly accountId: string; readonly outcome: 'refused' | 'failed'; readonly failure: Failure }
  | { readonly accountId: string; readonly outcome: 'not-entered' | 'not-listed'; readonly gap: Unknown }
  | {
      readonly accountId: string;
      readonly outcome: 'not-in-list';
      readonly evidence: Readonly<Record<string, string>>;
    };

/** So many accounts are told one by one. */
const toldOneByOne = 10;

/**
 * Writes down that nobody was found to own a bucket: who was asked, and what each said.
 *
 * @param isEveryone S3 refused the bucket to each account of the organization: it is another's
 * @param notAsked the account that is named as the log archive, and is none of the organization that is read
 */
export function noOwner(
  context: Context,
  name: string,
  asked: readonly Asking[],
  { isEveryone, notAsked }: { readonly isEveryone: boolean; readonly notAsked: string | undefined },
): Unknown {
  const { ledger, clock } = context.aws.settings;
  const told = asked.slice(0, toldOneByOne).map((it) => `${it.accountId}: ${describe(it, context)}`);
  if (asked.length > toldOneByOne) told.push(`and ${asked.length - toldOneByOne} more`);
  const exists = asked.some((it) => it.outcome === 'refused');
  const message =
    `The account that owns bucket ${name} was not found.` +
    (exists ? ' A bucket of this name exists.' : '') +
    (told.length === 0 ? ' No account names it.' : ` Asked: ${told.join('; ')}.`) +
    (isEveryone ? ' No account of the organization owns it.' : '') +
    (notAsked === undefined
      ? ' Name the owner with --log-archive-account, or check that the role may be assumed there.'
      : ` Account ${notAsked}, which --log-archive-account names, is not of the organization: scan it by itself.`);
  const place = { call: 's3:HeadBucket', accountId: 'unknown', region: context.region, resource: name };
  return ledger.addGap(place, { reason: reasonFor(asked, context, isEveryone), message }, new Date(clock.now()));
}

function describe(it: Asking, context: Context): string {
  switch (it.outcome) {
    case 'refused':
      return 'refused by S3';
    case 'failed':
      return `no answer (${it.failure.code})`;
    case 'not-entered':
      return `not entered (${gapOf(it.gap, context).reason})`;
    case 'not-listed':
      return `its buckets could not be listed (${gapOf(it.gap, context).reason})`;
    case 'not-in-list':
      return 'not among its buckets';
  }
}

/**
 * A failure that another run may not meet says more than a refusal, which every account but the owner gets: only where
 * all got it, it says that the owner is somebody else.
 */
function reasonFor(asked: readonly Asking[], context: Context, isEveryone: boolean): Gap['reason'] {
  const reasons = asked.flatMap((it) =>
    'failure' in it ? [it.failure.reason] : 'gap' in it ? [gapOf(it.gap, context).reason] : [],
  );
  const other = reasons.find((reason) => reason !== 'access-denied');
  return other ?? (isEveryone ? 'access-denied' : 'not-collected');
}

function gapOf(it: Unknown, context: Context): Gap {
  return context.aws.settings.ledger.gap(it);
}
