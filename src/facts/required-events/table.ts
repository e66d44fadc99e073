import { oneOf, someText } from '../partial-event/index.js';
import { anyone, apiCall, eventClass } from './event-classes.js';
import { namedCalls, type NamedCalls } from './event-names.js';
import { signInFailures, signInWithoutMfa } from './sign-in-events.js';
import type { AlarmSubject, EventClass, SubjectEvents } from './subject.js';

const nothingElse = { sinceCis5: [], advised: [], forbidden: [] };

/** Also what is done to data. */
const anyCategory = { managementEvent: oneOf(true, false), eventCategory: oneOf('Management', 'Data') };

function denied(errorCode: string): EventClass {
  return eventClass(errorCode, `a call that ends with ${errorCode}`, {
    errorCode,
    // The benchmark leaves out the noise of these two, so a filter may.
    eventName: someText(['RunInstances', 'CreateUser'], ['HeadBucket']),
    sourceIPAddress: someText(['198.51.100.7', '2001:db8::7'], ['delivery.logs.amazonaws.com']),
    eventType: 'AwsApiCall',
    ...anyCategory,
  });
}

function byRoot(): EventClass {
  const { invokedBy: _none, ...alone } = anyone;
  return eventClass('RootUsage', 'anything done as the root user', {
    userIdentity: { ...alone, type: 'Root' },
    eventType: someText(['AwsApiCall', 'AwsConsoleSignIn', 'AwsConsoleAction'], ['AwsServiceEvent']),
    ...anyCategory,
  });
}

function named({ eventSource, names, sinceCis5, advised }: NamedCalls): SubjectEvents {
  const classes = (of: readonly string[]): readonly EventClass[] => of.map((name) => apiCall(eventSource, name));
  return { required: classes(names), sinceCis5: classes(sinceCis5), advised: classes(advised), forbidden: [] };
}

/**
 * The one table of what each alarm must be told of: metric filters, EventBridge rules and whatever else may raise an
 * alarm are judged on it alike.
 */
export const requiredEvents: Readonly<Record<AlarmSubject, SubjectEvents>> = {
  'unauthorized-api-calls': {
    required: ['UnauthorizedOperation', 'Client.UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'].map(
      denied,
    ),
    ...nothingElse,
  },
  'console-sign-in-without-mfa': signInWithoutMfa,
  'root-usage': { required: [byRoot()], ...nothingElse },
  'console-sign-in-failures': signInFailures,
  'iam-policy-changes': named(namedCalls['iam-policy-changes']),
  'cloudtrail-changes': named(namedCalls['cloudtrail-changes']),
  'kms-key-deletion': named(namedCalls['kms-key-deletion']),
  's3-bucket-policy-changes': named(namedCalls['s3-bucket-policy-changes']),
  'config-changes': named(namedCalls['config-changes']),
  'security-group-changes': named(namedCalls['security-group-changes']),
  'network-acl-changes': named(namedCalls['network-acl-changes']),
  'network-gateway-changes': named(namedCalls['network-gateway-changes']),
  'route-table-changes': named(namedCalls['route-table-changes']),
  'vpc-changes': named(namedCalls['vpc-changes']),
  'organizations-changes': named(namedCalls['organizations-changes']),
};
