import { ServiceError } from '../protocol/answer.js';
import type { ServiceName } from '../services/call.js';

/** What can happen to a call of any service, before or instead of its operation. */
export type FailureKind =
  | 'denied'
  | 'throttled'
  | 'internal-error'
  | 'service-unavailable'
  | 'expired-token'
  | 'wrong-time'
  | 'unknown-token'
  | 'unknown-session';

type Wording = readonly [status: number, code: string, message: string];
type Wordings = Readonly<Record<FailureKind, Wording>>;

const invalidToken = 'The security token included in the request is invalid.';
const expiredToken = 'The security token included in the request is expired';
const wrongTime = 'Signature expired: the time of the request is more than 5 min. from the time of the service.';
const unavailable = 'The service is unavailable. Please try again shortly.';

/** The JSON services differ in few words. */
const json: Wordings = {
  denied: [400, 'AccessDeniedException', 'Access denied.'],
  throttled: [400, 'ThrottlingException', 'Rate exceeded'],
  'internal-error': [500, 'InternalFailure', 'An internal error has occurred.'],
  'service-unavailable': [503, 'ServiceUnavailableException', unavailable],
  'expired-token': [400, 'ExpiredTokenException', expiredToken],
  'wrong-time': [403, 'InvalidSignatureException', wrongTime],
  'unknown-token': [400, 'UnrecognizedClientException', invalidToken],
  'unknown-session': [400, 'UnrecognizedClientException', invalidToken],
};

/** What services with REST and JSON say otherwise: that a caller is refused, with 403. */
const restJson: Wordings = {
  ...json,
  denied: [403, 'AccessDeniedException', 'Access denied.'],
  'expired-token': [403, 'ExpiredTokenException', expiredToken],
  'unknown-token': [403, 'UnrecognizedClientException', invalidToken],
  'unknown-session': [403, 'UnrecognizedClientException', invalidToken],
};

const s3: Wordings = {
  denied: [403, 'AccessDenied', 'Access Denied'],
  throttled: [503, 'SlowDown', 'Please reduce your request rate.'],
  'internal-error': [500, 'InternalError', 'We encountered an internal error. Please try again.'],
  'service-unavailable': [503, 'ServiceUnavailable', unavailable],
  'expired-token': [400, 'ExpiredToken', 'The provided token has expired.'],
  'wrong-time': [
    403,
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
  ],
  'unknown-token': [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  'unknown-session': [400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.'],
};

/** The services with answers in XML that differ in no word, or in few. */
const query: Wordings = {
  denied: [403, 'AccessDenied', 'Access denied.'],
  throttled: [400, 'Throttling', 'Rate exceeded'],
  'internal-error': [500, 'InternalFailure', 'An internal error has occurred.'],
  'service-unavailable': [503, 'ServiceUnavailable', unavailable],
  'expired-token': [403, 'ExpiredToken', expiredToken],
  'wrong-time': [403, 'SignatureDoesNotMatch', wrongTime],
  'unknown-token': [403, 'InvalidClientTokenId', invalidToken],
  'unknown-session': [403, 'InvalidClientTokenId', invalidToken],
};

const wordings: Readonly<Record<ServiceName, Wordings>> = {
  athena: json,
  cloudtrail: json,
  config: json,
  logs: json,
  cloudwatch: json,
  events: json,
  s3,
  s3control: s3,
  kms: {
    ...json,
    throttled: [
      400,
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    'internal-error': [500, 'KMSInternalException', 'An internal error has occurred.'],
  },
  organizations: {
    ...json,
    throttled: [400, 'TooManyRequestsException', 'You have sent too many requests in too short a period of time.'],
    'internal-error': [500, 'ServiceException', 'AWS Organizations cannot complete your request. Try again later.'],
  },
  securityhub: {
    ...restJson,
    throttled: [429, 'TooManyRequestsException', 'Too Many Requests'],
    'internal-error': [500, 'InternalException', 'An internal error has occurred.'],
  },
  account: {
    ...restJson,
    throttled: [429, 'TooManyRequestsException', 'Rate exceeded'],
    'internal-error': [500, 'InternalServerException', 'An internal error has occurred.'],
  },
  cloudfront: query,
  ec2: {
    denied: [403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.'],
    throttled: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
    'internal-error': [500, 'InternalError', 'An internal error has occurred'],
    'service-unavailable': [503, 'Unavailable', unavailable],
    'expired-token': [400, 'RequestExpired', 'Request has expired.'],
    'wrong-time': [400, 'RequestExpired', 'Request has expired.'],
    'unknown-token': [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
    'unknown-session': [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
  },
  elb: query,
  elbv2: query,
  iam: query,
  sns: { ...query, denied: [403, 'AuthorizationError', 'Access denied.'] },
  sts: query,
};

/** The error as the service words it. */
export function failure(service: ServiceName, kind: FailureKind, message?: string): ServiceError {
  const [status, code, usual] = wordings[service][kind];
  return new ServiceError(status, code, message ?? usual);
}
