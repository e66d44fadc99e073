import type { Topic, TopicSubscription } from '../../model/inventory.js';
import { mapKnown } from '../../model/known.js';
import { endsTheSearch } from '../../model/message-filter.js';
import {
  normalizeMessageFilter,
  normalizeSubscription,
  required,
  type RawSubscription,
} from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

type Place = Pick<Topic, 'arn' | 'accountId' | 'region'>;

interface Read {
  readonly it: Topic['subscriptions'];
  readonly evidence: Topic['evidence'];
}

type Filter = NonNullable<TopicSubscription['filter']>;

/** A subscription as it is listed, with what is not kept. */
interface Listed extends TopicSubscription {
  readonly arn: string;
  readonly owner: string | undefined;
}

/** Those among whom someone has to take every message. */
export type Takers = (subscription: Pick<TopicSubscription, 'protocol'>) => boolean;

/**
 * The subscriptions to a topic, and of the confirmed ones what they take: until, of each kind of takers, one is found that
 * has no filter policy, or that cannot be read. Those of the topic's own account are asked first.
 */
export async function readSubscriptions(
  context: Context,
  session: Session,
  topic: Place,
  takers: readonly Takers[],
): Promise<Read> {
  const { it, evidence } = await list(context, session, topic);
  const filters = new Map<string, Filter>();
  const asked: Read['evidence'][] = [evidence];
  let open = context.aws.isSelected('sns:GetSubscriptionAttributes') ? takers : [];
  for (const one of it.state === 'known' ? ownFirst(it.value, topic) : []) {
    if (!open.some((isTaker) => isTaker(one))) continue;
    const filter = await readFilter(context, session, one.arn, topic);
    filters.set(one.arn, filter.it);
    asked.push(filter.evidence);
    if (endsTheSearch(filter.it)) open = open.filter((isTaker) => !isTaker(one));
  }
  return {
    it: mapKnown(it, (all) => all.map((one) => kept(one, filters.get(one.arn)))),
    evidence: Object.fromEntries(asked.flatMap((each) => Object.entries(each))),
  };
}

function kept({ protocol, isConfirmed }: Listed, filter: Filter | undefined): TopicSubscription {
  return filter === undefined ? { protocol, isConfirmed } : { protocol, isConfirmed, filter };
}

function ownFirst(all: readonly Listed[], { accountId }: Place): readonly Listed[] {
  const confirmed = all.filter((it) => it.isConfirmed);
  return [...confirmed.filter((it) => it.owner === accountId), ...confirmed.filter((it) => it.owner !== accountId)];
}

async function readFilter({ aws }: Context, session: Session, arn: string, { region }: Place) {
  return await aws.ask(
    session,
    'sns:GetSubscriptionAttributes',
    { SubscriptionArn: arn },
    { region, resource: arn },
    (output) => normalizeMessageFilter(required(output.Attributes, 'Attributes')),
  );
}

async function list({ aws }: Context, session: Session, { arn, region }: Place) {
  const input = { TopicArn: arn };
  return await aws.askAll(
    session,
    'sns:ListSubscriptionsByTopic',
    input,
    { region, resource: arn },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Subscriptions, 'Subscriptions').map(asListed),
    },
  );
}

function asListed(raw: RawSubscription): Listed {
  return { ...normalizeSubscription(raw), arn: required(raw.SubscriptionArn, 'SubscriptionArn'), owner: raw.Owner };
}
