import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { requiredText, textIn } from '../protocol/input.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import type { Call, Service } from './call.js';

export const sns: Service = {
  name: 'sns',
  operations: {
    GetTopicAttributes: {
      action: 'SNS:GetTopicAttributes',
      resource: (call) => textIn(call.input, 'TopicArn'),
      answer: getTopicAttributes,
    },
  },
};

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function getTopicAttributes(call: Call): HttpAnswer {
  const arn = requiredText(call.input, 'TopicArn');
  const topic = call.index.topics.get(arn);
  if (topic !== undefined && topic.region !== call.region) {
    throw new ServiceError(400, 'InvalidParameter', 'Invalid parameter: TopicArn');
  }
  if (topic !== undefined && topic.accountId !== call.caller.accountId) {
    const message = `User: ${call.caller.arn} is not authorized to perform: SNS:GetTopicAttributes on resource: ${arn}`;
    throw new ServiceError(403, 'AuthorizationError', message);
  }
  if (topic === undefined) throw new ServiceError(404, 'NotFound', 'Topic does not exist');
  const entries = Object.entries(topic.attributes).map(([key, value]) =>
    node('entry', leaf('key', key), leaf('value', value)),
  );
  const body = xmlDocument(
    'GetTopicAttributesResponse',
    namespace,
    node('GetTopicAttributesResult', node('Attributes', ...entries)),
    node('ResponseMetadata', leaf('RequestId', call.requestId)),
  );
  return { status: 200, headers: {}, body };
}
