import type { CompiledActivity } from '../../../src/activity/index.js';
import type { ViewObject } from '../../../src/expression/index.js';
import { paramsObject } from '../../../src/policy/index.js';
import { loadActivity } from '../activity-policies.js';

/** Each construct of the language that activity policies may use, by what it is: the condition on an event. */
export const constructs: Readonly<Record<string, string>> = {
  'a text is another': "event.eventName == 'StopLogging'",
  'a text is not another': "event.eventName != 'StopLogging'",
  'a text is one of some': "event.eventName in ['StopLogging', 'DeleteTrail']",
  'a text is none of some': "!(event.eventName in ['StopLogging', 'DeleteTrail'])",
  'and, or, not': "event.isRoot && (event.awsRegion == 'us-east-1' || !(event.eventName == 'ConsoleLogin'))",
  'a field is there': 'has(event.errorCode)',
  'a field is not there': '!has(event.errorCode)',
  'a field behind its guard': "has(event.errorCode) && event.errorCode == 'AccessDenied'",
  'a field with a default': "event.userIdentity.?userName.orValue('') == 'alice'",
  'a field with a default that is meant': "event.userIdentity.?userName.orValue('alice') == 'alice'",
  'a text begins so': "event.eventName.startsWith('Delete')",
  'a text ends so': "event.eventSource.endsWith('.amazonaws.com')",
  'a text has a part': "event.?userAgent.orValue('').contains('aws-cli')",
  'a part with signs of LIKE': String.raw`event.?userAgent.orValue('').contains('100%_\\')`,
  'a pattern': "event.eventName.matches('^(?:Put|Delete).*Policy$')",
  'a pattern in either case': "event.?userAgent.orValue('').matches('(?i)kali[0-9a-f]+\\\\s')",
  'small letters': "event.?userAgent.orValue('').lowerAscii().contains('kali')",
  'true or false': 'event.?readOnly.orValue(false)',
  'not true': '!event.?readOnly.orValue(true)',
  'two fields are the same':
    "event.requestParameters.?userName.orValue('') == event.userIdentity.?userName.orValue('')",
  'two fields differ': "event.requestParameters.?userName.orValue('') != event.userIdentity.?userName.orValue('')",
  'JSON is there': 'has(event.requestParameters.userData)',
  'JSON as text': "event.requestParameters.?name.orValue('') == 'main'",
  'JSON that may be true or false, as text': "event.requestParameters.?enable.orValue('') == 'false'",
  'JSON that may be true or false, as another text': "event.requestParameters.?enable.orValue('') != 'true'",
  'JSON that may be a number, as text': "event.requestParameters.?maxResults.orValue('') in ['101', 'many']",
  'JSON that may be a number, by a part of it': "event.requestParameters.?maxResults.orValue('').startsWith('10')",
  'JSON of any form as text': "event.requestParameters.?features.orValue('').contains('DISABLED')",
  'JSON as a number': 'event.requestParameters.?maxResults.orValue(0) > 100',
  'JSON as true or false': '!event.requestParameters.?enable.orValue(true)',
  'JSON with other characters': "event.requestParameters['x-amz-acl'].orValue('') == 'public-read'",
  'JSON below JSON': "event.requestParameters.?VersioningConfiguration.Status.orValue('') == 'Suspended'",
  'a member of a list in JSON': "event.requestParameters.?valuesToAdd.orValue([]).exists(it, it == 'all')",
  'a value is in a list in JSON':
    "has(event.requestParameters.valuesToAdd) && 'all' in event.requestParameters.valuesToAdd",
  'a member of a list, two conditions':
    "event.requestParameters.?items.orValue([]).exists(it, it.?cidrIp.orValue('') == '0.0.0.0/0' && it.?fromPort.orValue(0) == 22)",
  'each member of a list':
    "size(event.requestParameters.?items.orValue([])) > 0 && event.requestParameters.?items.orValue([]).all(it, it.?cidrIp.orValue('') != '')",
  'a list below a member':
    "event.requestParameters.?ipPermissions.?items.orValue([]).exists(rule, rule.?ipRanges.?items.orValue([]).exists(range, range.?cidrIp.orValue('') == '0.0.0.0/0'))",
  'the parts of a text': "event.requestParameters.?policyDocument.orValue('').split('\"').exists(it, it == '*')",
  'the length of a text': 'size(event.eventName) > 20',
  'a resource': "event.resources.exists(r, r.?type.orValue('') == 'AWS::S3::Object')",
  'an ARN of a resource': "event.resourceIds.exists(id, id.startsWith('arn:aws:s3:::logs/'))",
  'an object is there': 'has(event.userIdentity.sessionContext)',
  'a field below objects': "event.userIdentity.?sessionContext.?sessionIssuer.?arn.orValue('').endsWith('role/deploy')",
  'a text that is true': 'event.userIdentity.?sessionContext.?attributes.?mfaAuthenticated.orValue(false)',
  'the root user': 'event.isRoot',
  'a service': 'event.isByService',
  'a refusal': 'event.isDenied',
  'a success': 'event.succeeded',
  'a success of one call': "event.eventName == 'ConsoleLogin' && event.succeeded",
  'an address': 'has(event.sourceIp)',
  'an address with a default': "event.?sourceIp.orValue('none') == 'none'",
  'the account': "event.recipientAccountId == '111122223333'",
  'who may do it': "event.principal == 'root'",
  'who is behind it': "event.actor == 'alice'",
  'an ARN like a pattern': "arnLike(event.principal, 'arn:*:iam::*:role/deploy-?')",
  'a parameter': 'event.eventSource == params.service',
  'a list of parameters': 'event.sourceIPAddress in params.addresses',
  'an empty list of parameters': 'event.isRoot && !(event.sourceIPAddress in params.none)',
  'patterns of parameters': '!params.roles.exists(it, arnLike(event.principal, it))',
  'the time of day': 'int(event.eventTime) / 3600 % 24 >= 6',
  'a moment': "event.eventTime >= timestamp('2026-11-20T00:00:00Z')",
  'before a moment': "event.eventTime < timestamp('2026-11-20T06:00:00Z')",
  'another moment': "event.eventTime != timestamp('2026-11-20T06:00:00Z')",
  'one or the other': "(event.isRoot ? event.eventName : event.eventSource) == 'x'",
  'texts that are joined': "event.eventSource + ':' + event.eventName == 'iam.amazonaws.com:CreateUser'",
  'what SQL would take for its end': String.raw`event.eventName == 'x\' OR 1 = 1 --'`,
  'what no engine is told': 'event.isRoot && size(event.resources.filter(r, has(r.ARN))) == 1',
};

const params = `params:
  service: { type: string, default: iam.amazonaws.com }
  addresses: { type: list, items: { type: string }, default: ['192.0.2.1', "198.51.100.'7"] }
  none: { type: list, items: { type: string }, default: [] }
  roles: { type: list, items: { type: string }, default: ['arn:aws:iam::*:role/deploy', 'arn:aws:iam::1111*:user/?'] }
`;

export interface Construct {
  readonly name: string;
  readonly where: string;
  readonly activity: CompiledActivity;
  readonly params: ViewObject;
}

/** A policy for each condition. */
export function policiesOf(conditions: Readonly<Record<string, string>>): readonly Construct[] {
  const names = Object.keys(conditions);
  const texts = names.map((name, index) => [
    `p${index}`,
    `${params}activity:\n  never:\n    where: ${JSON.stringify(conditions[name])}\nmessage: m\n`,
  ]);
  const { all, diagnostics } = loadActivity(Object.fromEntries(texts));
  const errors = diagnostics.filter((it) => it.severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors.map((it) => [it.file, it.message])));
  const byId = new Map(all.map((it) => [it.id, it]));
  return names.map((name, index) => {
    const policy = byId.get(`p${index}`);
    if (policy?.activity === undefined) throw new Error(`${name} is no policy on events`);
    return { name, where: conditions[name] ?? '', activity: policy.activity, params: paramsObject(policy.params) };
  });
}
