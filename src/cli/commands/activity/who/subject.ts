import { isIPv6 } from 'node:net';
import { UsageError } from '../../../../model/errors.js';
import type { LookupAttribute } from '../../../../model/event-history.js';
import { parseArn } from '../../../../model/identifiers.js';
import type { EventRecord } from '../../../../model/log-events.js';
import { isObject } from '../../../../model/is-object.js';

/** What is asked about: a resource, somebody, or an address. */
export interface Subject {
  readonly text: string;
  /** Where Event history can find it; undefined: only by reading all events. */
  readonly lookups: readonly LookupAttribute[] | undefined;
  /** Where in a record it stands: paths of names, without the places of lists. */
  readonly mentionsIn: (record: EventRecord) => readonly (readonly string[])[];
  /** The account that its ARN names. */
  readonly account: string | undefined;
}

/**
 * Takes an ARN, an id, a name, a user, an access key, the name or id of an event, or an address.
 *
 * @throws UsageError for an empty text
 */
export function subjectOf(given: string): Subject {
  const text = given.trim();
  if (text === '')
    throw new UsageError('It is not said who or what is asked about.', 'Give an ARN, an id, a name or an address.');
  const arn = parseArn(text);
  const base = { text, account: arn !== undefined && /^\d{12}$/.test(arn.accountId) ? arn.accountId : undefined };
  if (arn === undefined) return { ...base, lookups: lookupsOf(text), mentionsIn: (it) => pathsTo(it, testOf(text)) };
  const session = sessionIn(arn.service, arn.resource);
  const isSame = testOf(text);
  if (session !== undefined) {
    return {
      ...base,
      lookups: [...named('ResourceName', text, session.name), ...named('Username', session.name)],
      mentionsIn: (record) => {
        const exact = pathsTo(record, isSame);
        return exact.length > 0 || !isSessionOf(record, session, base.account) ? exact : [['userIdentity']];
      },
    };
  }
  const name = nameIn(arn.service, arn.resource);
  const isName = testOf(name);
  return {
    ...base,
    lookups: [...named('ResourceName', text, name), ...named('Username', name)],
    mentionsIn: (record) => {
      const exact = pathsTo(record, isSame);
      // A name alone is of this resource where the event is of its service and account.
      return exact.length > 0 || name === '' || !isOf(record, arn.service, base.account)
        ? exact
        : pathsTo(record, isName);
    },
  };
}

/** The session of a role: another role's of the same name is somebody else, and so is a user of that name. */
interface Session {
  readonly role: string;
  readonly name: string;
}

function sessionIn(service: string, resource: string): Session | undefined {
  const [, role, name] = service === 'sts' ? (/^assumed-role\/([^/]+)\/(.+)$/s.exec(resource) ?? []) : [];
  return role === undefined || name === undefined ? undefined : { role, name };
}

/** Records that lack the ARN of the session have its parts. */
function isSessionOf({ userIdentity }: EventRecord, { role, name }: Session, account: string | undefined): boolean {
  if (!isObject(userIdentity) || typeof userIdentity['arn'] === 'string') return false;
  const { sessionContext, principalId, accountId } = userIdentity;
  const issuer = isObject(sessionContext) ? sessionContext['sessionIssuer'] : undefined;
  return (
    isObject(issuer) &&
    issuer['userName'] === role &&
    typeof principalId === 'string' &&
    principalId.endsWith(`:${name}`) &&
    (account === undefined || accountId === account)
  );
}

/** What calls name a resource by. Names of log groups hold slashes; ARNs of secrets end with six more characters. */
function nameIn(service: string, resource: string): string {
  if (service === 'logs') return /^log-group:([^:]+)/.exec(resource)?.[1] ?? resource;
  if (service === 'secretsmanager') return resource.replace(/^secret:/, '').replace(/-[A-Za-z0-9]{6}$/, '');
  return resource.split(/[/:]/).at(-1) ?? '';
}

const accessKey = /^A(?:KIA|SIA)[A-Z0-9]{12,124}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const eventName = /^[A-Z][A-Za-z]+[A-Za-z0-9_]*$/;

function lookupsOf(text: string): readonly LookupAttribute[] | undefined {
  if (isAddress(text)) return undefined;
  if (accessKey.test(text)) return named('AccessKeyId', text);
  return [
    ...(uuid.test(text) ? named('EventId', text) : []),
    ...named('ResourceName', text),
    ...named('Username', text),
    ...(eventName.test(text) ? named('EventName', text) : []),
    ...(text.endsWith('.amazonaws.com') ? named('EventSource', text) : []),
  ];
}

function named(key: LookupAttribute['key'], ...values: readonly string[]): LookupAttribute[] {
  return [...new Set(values)].filter((it) => it !== '').map((value) => ({ key, value }));
}

export function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || isIPv6(text);
}

/** One spelling of an address: `2001:DB8:0::1` and `2001:db8::1` are the same, and so are `::ffff:192.0.2.1` and `192.0.2.1`. */
function sameSpelling(address: string): string {
  if (!isIPv6(address) || address.includes('%')) return address.toLowerCase();
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high = '', low = ''] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (low === '') return short;
  return [high, low].flatMap((it) => [Number.parseInt(it, 16) >> 8, Number.parseInt(it, 16) & 255]).join('.');
}

/** An id or an ARN may stand in a longer text, as in a policy document; a name is a whole text, or the end of an ARN or of a session. */
function testOf(text: string): (value: string) => boolean {
  const mayBeInside = text.startsWith('arn:') || /^[a-z]+-[0-9a-f]{8,17}$/.test(text) || accessKey.test(text);
  if (isAddress(text)) {
    const spelt = sameSpelling(text);
    return (value) => value === text || (isAddress(value) && sameSpelling(value) === spelt);
  }
  if (!mayBeInside) return (value) => value === text || (value.length > text.length && isEndOf(value, text));
  return (value) => {
    for (let at = value.indexOf(text); at >= 0; at = value.indexOf(text, at + 1)) {
      if (!isNamePart(value[at - 1]) && !isNamePart(value[at + text.length])) return true;
    }
    return false;
  };
}

function isEndOf(value: string, name: string): boolean {
  if (!value.endsWith(name)) return false;
  const before = value.at(-name.length - 1);
  return (
    (value.startsWith('arn:') && (before === '/' || before === ':')) ||
    (/^[A-Z0-9]{16,}:[^:]+$/.test(value.slice(0, -name.length) + name) && before === ':')
  );
}

function isNamePart(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_+=,.@-]/.test(character);
}

function isOf(record: EventRecord, service: string, account: string | undefined): boolean {
  const source = record['eventSource'];
  const isService = source === `${service}.amazonaws.com`;
  const recipient = record['recipientAccountId'];
  return isService && (account === undefined || recipient === undefined || recipient === account);
}

/** Nobody nests deeper; a text of JSON may. */
const deepest = 64;

function pathsTo(record: EventRecord, isMeant: (value: string) => boolean): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') {
      if (isMeant(value)) found.push(path);
    } else if (path.length < deepest && Array.isArray(value)) {
      for (const it of value) walk(it, path);
    } else if (path.length < deepest && isObject(value)) {
      for (const [name, it] of Object.entries(value)) walk(it, [...path, name]);
    }
  };
  walk(record, []);
  return found;
}
