import type { HttpAnswer, ServiceError } from '../protocol/answer.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import type { ServiceName } from '../services/call.js';

export interface Asked {
  readonly service: ServiceName;
  readonly method: string;
  readonly requestId: string;
}

/** An error as the service's protocol writes it. */
export function errorAnswer(asked: Asked, error: ServiceError): HttpAnswer {
  const { status, more } = error;
  const { headers, body } = writers[asked.service](error, asked.requestId);
  // Nothing but headers answers HEAD: the client has only the status to go by.
  return { status, headers: { ...headers, ...more.headers }, body: asked.method === 'HEAD' ? '' : body };
}

type Writer = (error: ServiceError, requestId: string) => Omit<HttpAnswer, 'status'>;

const writers: Readonly<Record<ServiceName, Writer>> = {
  account: writeRestJson,
  athena: writeJson,
  cloudfront: queryWriter('http://cloudfront.amazonaws.com/doc/2020-05-31/'),
  cloudtrail: writeJson,
  cloudwatch: writeJson,
  config: writeJson,
  ec2: (error, requestId) =>
    writeXml(
      node(
        'Response',
        node('Errors', node('Error', leaf('Code', error.code), leaf('Message', error.message))),
        leaf('RequestID', requestId),
      ),
    ),
  elb: queryWriter('http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/'),
  elbv2: queryWriter('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/'),
  events: writeJson,
  iam: queryWriter('https://iam.amazonaws.com/doc/2010-05-08/'),
  kms: writeJson,
  logs: writeJson,
  organizations: writeJson,
  s3: (error, requestId) => writeXml(node('Error', s3Error(error), s3Ids(requestId))),
  s3control: (error, requestId) => writeXml(node('ErrorResponse', node('Error', s3Error(error)), s3Ids(requestId))),
  securityhub: writeRestJson,
  sns: queryWriter('http://sns.amazonaws.com/doc/2010-03-31/'),
  sts: queryWriter('https://sts.amazonaws.com/doc/2011-06-15/'),
};

function writeRestJson(error: ServiceError): Omit<HttpAnswer, 'status'> {
  return { headers: { 'x-amzn-errortype': error.code }, body: JSON.stringify({ message: error.message }) };
}

function writeJson(error: ServiceError): Omit<HttpAnswer, 'status'> {
  return { headers: {}, body: JSON.stringify({ __type: error.code, message: error.message }) };
}

function queryWriter(namespace: string): Writer {
  return (error, requestId) => {
    const type = leaf('Type', error.status < 500 ? 'Sender' : 'Receiver');
    const inner = node('Error', type, leaf('Code', error.code), leaf('Message', error.message));
    return { headers: {}, body: xmlDocument('ErrorResponse', namespace, inner, leaf('RequestId', requestId)) };
  };
}

function writeXml(element: string): Omit<HttpAnswer, 'status'> {
  return { headers: {}, body: `<?xml version="1.0" encoding="UTF-8"?>\n${element}` };
}

function s3Error({ code, message, more }: ServiceError): string {
  const elements = Object.entries(more.elements ?? {}).map(([name, value]) => leaf(name, value));
  return [leaf('Code', code), leaf('Message', message), ...elements].join('');
}

function s3Ids(requestId: string): string {
  return leaf('RequestId', requestId) + leaf('HostId', hostId);
}

const hostId = 'ZmFrZS1ob3N0LWlk';

const contentTypes: Readonly<Record<ServiceName, string>> = {
  account: 'application/json',
  athena: 'application/x-amz-json-1.1',
  cloudfront: 'text/xml',
  cloudtrail: 'application/x-amz-json-1.1',
  cloudwatch: 'application/x-amz-json-1.0',
  config: 'application/x-amz-json-1.1',
  ec2: 'text/xml;charset=UTF-8',
  elb: 'text/xml',
  elbv2: 'text/xml',
  events: 'application/x-amz-json-1.1',
  iam: 'text/xml',
  kms: 'application/x-amz-json-1.1',
  logs: 'application/x-amz-json-1.1',
  organizations: 'application/x-amz-json-1.1',
  s3: 'application/xml',
  s3control: 'application/xml',
  securityhub: 'application/json',
  sns: 'text/xml',
  sts: 'text/xml',
};

/** The headers that each service puts on all its answers. */
export function commonHeaders(service: ServiceName, requestId: string): Readonly<Record<string, string>> {
  const contentType = { 'content-type': contentTypes[service] };
  return service === 's3' || service === 's3control'
    ? { ...contentType, 'x-amz-request-id': requestId, 'x-amz-id-2': hostId }
    : { ...contentType, 'x-amzn-requestid': requestId };
}
