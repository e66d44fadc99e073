import { namedCalls } from './event-names.js';
import type { AlarmSubject } from './subject.js';

/** A filter pattern that a benchmark prescribes. */
export interface StandardPattern {
  /** Where it is prescribed. */
  readonly from: string;
  /** The versions of the benchmark, such as `cis-1.4`. */
  readonly versions: readonly string[];
  readonly text: string;
  /** Security Hub's control demands just this one. */
  readonly isSecurityHub: boolean;
  /** Matches nearly every event there is, as it stands in the benchmark. */
  readonly isTooWide: boolean;
}

type NamedSubject = keyof typeof namedCalls;

function pattern(from: string, text: string, more: Partial<StandardPattern> = {}): StandardPattern {
  return { from, versions: versionsIn(from), text, isSecurityHub: false, isTooWide: false, ...more };
}

const allVersions = ['1.2', '1.4', '1.5', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0'];

/** `CIS 1.4 to 3.0` */
function versionsIn(from: string): readonly string[] {
  const [, first = '', last = first] = /CIS (\d\.\d)(?: to (\d\.\d))?/.exec(from) ?? [];
  return allVersions.slice(allVersions.indexOf(first), allVersions.indexOf(last) + 1).map((it) => `cis-${it}`);
}

const securityHub = { isSecurityHub: true };

const written: Readonly<Record<Exclude<AlarmSubject, NamedSubject>, readonly StandardPattern[]>> = {
  'unauthorized-api-calls': [
    pattern(
      'CIS 1.2, Security Hub CloudWatch.2',
      '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
      securityHub,
    ),
    pattern(
      'CIS 1.4 to 3.0',
      '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }',
      { isTooWide: true },
    ),
    pattern(
      'CIS 4.0 to 7.0',
      '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
    ),
  ],
  'console-sign-in-without-mfa': [
    pattern('CIS 1.2 to 7.0', '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'),
    pattern(
      'CIS 1.4 to 7.0, Security Hub CloudWatch.3',
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
      securityHub,
    ),
  ],
  'root-usage': [
    pattern(
      'CIS 1.2 to 7.0, Security Hub CloudWatch.1',
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      securityHub,
    ),
  ],
  'console-sign-in-failures': [
    pattern(
      'CIS 1.2 to 7.0, Security Hub CloudWatch.6',
      '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
      securityHub,
    ),
  ],
};

const namesOnly = (names: readonly string[]): string => names.map((it) => `($.eventName = ${it})`).join(' || ');

function withSource(subject: NamedSubject): string {
  const { eventSource, names } = namedCalls[subject];
  return `{ ($.eventSource = ${eventSource}) && (${namesOnly(names)}) }`;
}

function byName(subject: NamedSubject, from: string): StandardPattern {
  return pattern(from, `{ ${namesOnly(namedCalls[subject].names)} }`, securityHub);
}

function bySource(subject: NamedSubject, from: string): StandardPattern {
  return pattern(from, withSource(subject), securityHub);
}

/** The patterns of every version of the benchmark, by subject. */
export const standardPatterns: Readonly<Record<AlarmSubject, readonly StandardPattern[]>> = {
  ...written,
  'iam-policy-changes': [byName('iam-policy-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.4')],
  'cloudtrail-changes': [byName('cloudtrail-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.5')],
  'kms-key-deletion': [bySource('kms-key-deletion', 'CIS 1.2 to 7.0, Security Hub CloudWatch.7')],
  's3-bucket-policy-changes': [bySource('s3-bucket-policy-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.8')],
  'config-changes': [bySource('config-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.9')],
  'security-group-changes': [
    byName('security-group-changes', 'CIS 1.2 to 4.0, Security Hub CloudWatch.10'),
    pattern(
      'CIS 5.0 to 7.0',
      `{ ${namesOnly([...namedCalls['security-group-changes'].names, ...namedCalls['security-group-changes'].sinceCis5])} }`,
    ),
  ],
  'network-acl-changes': [byName('network-acl-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.11')],
  'network-gateway-changes': [byName('network-gateway-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.12')],
  'route-table-changes': [
    byName('route-table-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.13'),
    pattern('CIS 4.0 to 7.0, in the audit', withSource('route-table-changes')),
  ],
  'vpc-changes': [byName('vpc-changes', 'CIS 1.2 to 7.0, Security Hub CloudWatch.14')],
  // Security Hub has no control for it: what the benchmark says is demanded.
  'organizations-changes': [bySource('organizations-changes', 'CIS 1.4 to 7.0')],
};
