import { expect, test } from 'vitest';
import { Diagnostics } from '../expression/diagnostic.js';
import { parse } from '../expression/parse.js';
import { eventNameWarnings } from './event-names.js';

/** What is said of an expression: the text that it is said of, the message and the help. */
function warningsOf(source: string): readonly string[] {
  const diagnostics = new Diagnostics();
  const root = parse(source, diagnostics);
  expect(diagnostics.all()).toEqual([]);
  return eventNameWarnings(root).map(
    ({ start, end, message, help }) => `${source.slice(start, end)}: ${message}; ${help ?? ''}`,
  );
}

test.each([
  ["event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName in ['StopLogging', 'DeleteTrail']"],
  ["'iam.amazonaws.com' == event.eventSource && (event.eventName == 'CreateUser' || event.eventName == 'DeleteUser')"],
  [
    "(event.eventSource == 'ec2.amazonaws.com' && event.eventName == 'RunInstances') || (event.eventSource == 'iam.amazonaws.com' && event.eventName == 'CreateUser')",
  ],
  [
    "event.eventSource in ['guardduty.amazonaws.com', 'access-analyzer.amazonaws.com'] && event.eventName in ['DeleteDetector', 'DeleteAnalyzer']",
  ],
  [
    "(event.eventSource == 'iam.amazonaws.com' || event.eventSource == 'sso.amazonaws.com') && event.eventName in ['CreateUser', 'CreatePermissionSet']",
  ],
  [
    "event.eventSource == 'lambda.amazonaws.com' && event.eventName in ['UpdateFunctionCode', 'UpdateFunctionCode20150331', 'UpdateFunctionCode20150331v2']",
  ],
  ["event.eventSource == 'lambda.amazonaws.com' && event.eventName.startsWith('UpdateFunctionCode')"],
  ["event.eventSource == 'lambda.amazonaws.com' && event.eventName.startsWith('UpdateFunctionCode2015')"],
  ["event.eventSource == 'application-autoscaling.amazonaws.com' && event.eventName == 'Whatever'"],
  ["event.eventSource == 'signin.amazonaws.com' && event.eventName == 'ConsoleLogin'"],
  ["event.eventSource == 'ec2.amazonaws.com' && !(event.eventName == 'RunInstances')"],
  ["event.eventSource == 'ec2.amazonaws.com' ? event.eventName == 'RunInstances' : event.readOnly"],
  ["event.errorCode == 'StopLoging' || trail.eventName == 'StopLoging'"],
  ['event.eventName in params.names'],
])('nothing is said of %s', (source) => {
  expect(warningsOf(source)).toEqual([]);
});

test('a slip in a name', () => {
  expect(warningsOf("event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName in ['StopLoging']")).toEqual([
    "'StopLoging': cloudtrail.amazonaws.com has no event 'StopLoging'; did you mean 'StopLogging'?",
  ]);
  expect(warningsOf("event.eventName != 'stopLogging' && event.eventSource == 'cloudtrail.amazonaws.com'")).toEqual([
    "'stopLogging': cloudtrail.amazonaws.com has no event 'stopLogging'; did you mean 'StopLogging'?",
  ]);
  expect(
    warningsOf("event.eventSource == 'lambda.amazonaws.com' && event.eventName.startsWith('UpdateFunctonCode')"),
  ).toEqual([
    "'UpdateFunctonCode': lambda.amazonaws.com has no event whose name begins with 'UpdateFunctonCode'; did you mean 'UpdateFunctionCode'?",
  ]);
});

test('a name of another service', () => {
  expect(warningsOf("event.eventSource == 'iam.amazonaws.com' && event.eventName == 'RunInstances'")).toEqual([
    "'RunInstances': iam.amazonaws.com has no event 'RunInstances'; ",
  ]);
  expect(
    warningsOf("event.eventSource in ['iam.amazonaws.com', 'sts.amazonaws.com'] && event.eventName == 'RunInstances'"),
  ).toEqual(["'RunInstances': none of these services has an event 'RunInstances'; "]);
});

test('a name without its event source', () => {
  expect(warningsOf("event.eventName == 'DeleteTrail'")).toEqual([
    "'DeleteTrail': services share event names: this asks for a name without its event source; add event.eventSource == 'cloudtrail.amazonaws.com'",
  ]);
  expect(warningsOf("event.eventName == 'StopLoging'")).toEqual([
    "'StopLoging': services share event names: this asks for a name without its event source; add event.eventSource == …",
    "'StopLoging': no service has an event 'StopLoging'; did you mean 'StopLogging'?",
  ]);
  const oneBranch = "(event.eventSource == 'iam.amazonaws.com' || event.readOnly) && event.eventName == 'CreateUser'";
  expect(warningsOf(oneBranch)).toHaveLength(1);
  expect(warningsOf("event.eventSource != 'iam.amazonaws.com' && event.eventName == 'CreateUser'")).toHaveLength(1);
});

test('what is asked beforehand names the event source', () => {
  const rootOf = (source: string) => parse(source, new Diagnostics());
  const given = rootOf("event.eventSource == 'iam.amazonaws.com' && event.succeeded");
  expect(eventNameWarnings(rootOf("event.eventName == 'CreateUser'"), given)).toEqual([]);
  expect(eventNameWarnings(rootOf("event.eventName == 'CreateUsr'"), given)).toHaveLength(1);
});

test('an event source that no service has', () => {
  expect(warningsOf("event.eventSource == 'cloudtrial.amazonaws.com' && event.eventName == 'StopLogging'")).toEqual([
    "'cloudtrial.amazonaws.com': no service has the event source 'cloudtrial.amazonaws.com'; did you mean 'cloudtrail.amazonaws.com'?",
  ]);
  expect(warningsOf("event.eventSource == 'configservice.amazonaws.com'")).toHaveLength(1);
  expect(warningsOf("event.eventSource == 'iam'")).toHaveLength(1);
});

test('a call that is recorded under other names', () => {
  expect(warningsOf("event.eventSource == 's3.amazonaws.com' && event.eventName == 'PutPublicAccessBlock'")).toEqual([
    "'PutPublicAccessBlock': CloudTrail records 'PutPublicAccessBlock' also as 'PutBucketPublicAccessBlock'; name 'PutBucketPublicAccessBlock', too",
  ]);
  expect(
    warningsOf(
      "event.eventSource == 'lambda.amazonaws.com' && event.eventName in ['UpdateFunctionCode', 'UpdateFunctionCode20150331']",
    ),
  ).toEqual([
    "'UpdateFunctionCode': CloudTrail records 'UpdateFunctionCode' also as 'UpdateFunctionCode20150331v2'; name 'UpdateFunctionCode20150331v2', too",
  ]);
});
