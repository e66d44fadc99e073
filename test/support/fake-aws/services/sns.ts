import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { parseArn } from '../protocol/arn.js';
import { textIn } from '../protocol/input.js';
import { each, leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldTopic } from '../world/resources.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

export const sns: Service = {
  name: 'sns',
  operations: {
    GetTopicAttributes: ofTopic('GetTopicAttributes', getTopicAttributes),
    GetSubscriptionAttributes: {
      action: 'sns:GetSubscriptionAttributes',
      resource: (call) => textIn(call.input, 'SubscriptionArn'),
      answer: getSubscriptionAttributes,
    },
    ListSubscriptionsByTopic: { ...ofTopic('ListSubscriptionsByTopic', listSubscriptions), isPaged: true },
  },
};

function ofTopic(name: string, answer: (topic: WorldTopic, call: Call) => HttpAnswer): Operation {
  return {
    action: `sns:${name}`,
    resource: (call) => textIn(call.input, 'TopicArn'),
    answer: (call) => answer(namedTopic(call), call),
  };
}

/** Topics answer in their own account and Region; their default policy lets nobody else in. */
function namedTopic(call: Call, asked = textIn(call.input, 'TopicArn') ?? ''): WorldTopic {
  const arn = parseArn(asked);
  if (arn?.service !== 'sns' || arn.region !== call.region) {
    throw new ServiceError(400, 'InvalidParameter', 'Invalid parameter: TopicArn');
  }
  if (arn.accountId !== call.caller.accountId) {
    const message = `User: ${call.caller.arn} is not authorized to perform: SNS:${call.operation} on resource: ${asked}`;
    throw new ServiceError(403, 'AuthorizationError', message);
  }
  const topic = call.index.topics.get(asked);
  if (topic === undefined) throw new ServiceError(404, 'NotFound', 'Topic does not exist');
  return topic;
}

function getTopicAttributes({ arn, attributes, subscriptions }: WorldTopic, call: Call): HttpAnswer {
  const confirmed = subscriptions.filter((it) => it.SubscriptionArn?.startsWith('arn:')).length;
  const pending = subscriptions.filter((it) => it.SubscriptionArn === 'PendingConfirmation').length;
  const all = {
    TopicArn: arn,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: String(subscriptions.length - confirmed - pending),
    ...attributes,
  };
  return result(call, attributesNode(all));
}

function attributesNode(all: Readonly<Record<string, string>>): string {
  const entries = Object.entries(all).map(([key, value]) => node('entry', leaf('key', key), leaf('value', value)));
  return node('Attributes', ...entries);
}

/** A subscription answers where its topic is. */
function getSubscriptionAttributes(call: Call): HttpAnswer {
  const arn = textIn(call.input, 'SubscriptionArn') ?? '';
  const topic = namedTopic(call, arn.split(':').slice(0, 6).join(':'));
  const subscription = topic.subscriptions.find((it) => it.SubscriptionArn === arn);
  if (subscription === undefined || topic.goneSubscriptions?.includes(arn) === true) {
    throw new ServiceError(404, 'NotFound', 'Subscription does not exist');
  }
  const { Protocol = '', Endpoint = '', Owner = '' } = subscription;
  return result(
    call,
    attributesNode({
      SubscriptionArn: arn,
      TopicArn: topic.arn,
      Protocol,
      Endpoint,
      Owner,
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
      RawMessageDelivery: 'false',
      ...topic.filters?.[arn],
    }),
  );
}

function listSubscriptions(topic: WorldTopic, call: Call): HttpAnswer {
  const page = pageOf(call, topic.subscriptions, {
    token: textIn(call.input, 'NextToken'),
    size: 100,
    badToken: () => new ServiceError(400, 'InvalidParameter', 'Invalid parameter: NextToken'),
  });
  const members = each('member', page.items, (it) =>
    Object.entries({ ...it, TopicArn: topic.arn })
      .map(([name, value]) => leaf(name, value))
      .join(''),
  );
  return result(call, node('Subscriptions', members), leaf('NextToken', page.next));
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function result(call: Call, ...members: readonly string[]): HttpAnswer {
  const body = xmlDocument(
    `${call.operation}Response`,
    namespace,
    node(`${call.operation}Result`, ...members),
    node('ResponseMetadata', leaf('RequestId', call.requestId)),
  );
  return { status: 200, headers: {}, body };
}
