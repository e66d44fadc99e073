import {
  ABSENT,
  fromJson,
  parseTimestamp,
  Timestamp,
  Unknown,
  ViewList,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import { isObject } from '../model/is-object.js';
import type { EventRecord } from '../model/log-events.js';
import {
  accountOf,
  actorOf,
  ipOf,
  isByService,
  isDenied,
  nullText,
  principalOf,
  succeeded,
  textIn,
} from './event-facts.js';

type Data = Readonly<Record<string, unknown>>;
type Getter = (data: Data, unread: Unknown) => Value;

/** A record as expressions see it. What is not of the form that AWS documents is not known; null is absent. */
export function eventObject(record: EventRecord, unread: Unknown): ViewObject {
  return objectOf('Event', record, unread);
}

function objectOf(type: keyof typeof types, data: Data, unread: Unknown): ViewObject {
  return new DataView(type, data, unread);
}

/** There are millions of them: a class, so that each is small, and what follows from a record is worked out once. */
class DataView implements ViewObject {
  private facts: Record<string, Value> | undefined;

  constructor(
    readonly type: keyof typeof types,
    private readonly data: Data,
    private readonly unread: Unknown,
  ) {}

  get label(): string {
    return textIn(this.data, 'eventID') ?? textIn(this.data, 'arn') ?? this.type;
  }

  get(field: string): Value {
    const known = this.facts?.[field];
    if (known !== undefined) return known;
    const getters: Readonly<Record<string, Getter>> = types[this.type];
    const getter = getters[field];
    // The checker lets only fields through that the schema has, and a test compares the two.
    if (getter === undefined) throw new Error(`${this.type} has no '${field}'`);
    const value = getter(this.data, this.unread);
    if (this.type === 'Event' && derived.has(field)) {
      this.facts ??= {};
      this.facts[field] = value;
    }
    return value;
  }

  evidence(): readonly [] {
    return [];
  }
}

/** Fields of an event that are asked again and again, and are more than a look into the record. */
const derived: ReadonlySet<string> = new Set([
  'principal',
  'actor',
  'isByService',
  'isDenied',
  'succeeded',
  'sourceIp',
  'userIdentity',
]);

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A text that may be absent. */
const text =
  (key: string): Getter =>
  (data, unread) => {
    const value = data[key];
    if (typeof value === 'string') return value;
    return isNone(value) ? ABSENT : unread;
  };

const errorText =
  (key: string): Getter =>
  (data, unread) =>
    data[key] === nullText ? ABSENT : text(key)(data, unread);

/** A text that every record has. */
const needed =
  (key: string): Getter =>
  (data, unread) => {
    const value = data[key];
    return typeof value === 'string' ? value : unread;
  };

const bool =
  (key: string): Getter =>
  (data, unread) => {
    const value = data[key];
    if (isNone(value)) return ABSENT;
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : unread;
  };

const time =
  (key: string, whenMissing: 'absent' | 'unknown'): Getter =>
  (data, unread) => {
    const value = data[key];
    if (isNone(value) && whenMissing === 'absent') return ABSENT;
    const milliseconds = typeof value === 'string' ? parseTimestamp(value) : undefined;
    return milliseconds === undefined ? unread : new Timestamp(milliseconds);
  };

const jsonOf =
  (key: string): Getter =>
  (data, unread) =>
    fromJson(data[key] === nullText ? undefined : data[key], unread);

const part =
  (key: string, type: 'SessionContext' | 'SessionIssuer' | 'SessionAttributes' | 'OnBehalfOf'): Getter =>
  (data, unread) => {
    const value = data[key];
    if (isNone(value)) return ABSENT;
    return isObject(value) ? objectOf(type, value, unread) : unread;
  };

function members(data: Data, unread: Unknown): readonly Data[] | Unknown {
  const value = data['resources'];
  if (isNone(value)) return [];
  if (!Array.isArray(value)) return unread;
  return value.every(isObject) ? value : unread;
}

const actorFields = ['onBehalfOf', 'sessionContext.sourceIdentity'];

/** False where one of these parts of the identity is there, and is not of the form that is documented: a source may not hold it. */
function isReadable(data: Data, parts: readonly string[]): boolean {
  return parts.every((path) => {
    let at: unknown = data['userIdentity'];
    for (const step of path.split('.')) at = isObject(at) ? at[step] : undefined;
    return isNone(at) || typeof at === 'string' || isObject(at);
  });
}

const event: Readonly<Record<string, Getter>> = {
  eventVersion: needed('eventVersion'),
  eventID: needed('eventID'),
  eventTime: time('eventTime', 'unknown'),
  eventSource: needed('eventSource'),
  eventName: needed('eventName'),
  eventType: needed('eventType'),
  // Records of before version 1.07 do not say.
  eventCategory: text('eventCategory'),
  awsRegion: needed('awsRegion'),
  sourceIPAddress: needed('sourceIPAddress'),
  userAgent: text('userAgent'),
  apiVersion: text('apiVersion'),
  errorCode: errorText('errorCode'),
  errorMessage: errorText('errorMessage'),
  requestID: text('requestID'),
  recipientAccountId: (data, unread) => accountOf(data) ?? unread,
  readOnly: bool('readOnly'),
  managementEvent: bool('managementEvent'),
  sharedEventID: text('sharedEventID'),
  vpcEndpointId: text('vpcEndpointId'),
  vpcEndpointAccountId: text('vpcEndpointAccountId'),
  sessionCredentialFromConsole: bool('sessionCredentialFromConsole'),
  userIdentity: (data, unread) => {
    const value = data['userIdentity'];
    if (isNone(value)) return objectOf('UserIdentity', {}, unread);
    return isObject(value) ? objectOf('UserIdentity', value, unread) : unread;
  },
  requestParameters: jsonOf('requestParameters'),
  responseElements: jsonOf('responseElements'),
  additionalEventData: jsonOf('additionalEventData'),
  serviceEventDetails: jsonOf('serviceEventDetails'),
  tlsDetails: jsonOf('tlsDetails'),
  resources: (data, unread) => {
    const all = members(data, unread);
    return all instanceof Unknown ? all : new ViewList(all.map((it) => objectOf('EventResource', it, unread)));
  },
  principal: (data, unread) => {
    const isOfIdentityCenter = textIn(data, 'userIdentity', 'type') === 'IdentityCenterUser';
    return isOfIdentityCenter && !isReadable(data, ['onBehalfOf']) ? unread : principalOf(data);
  },
  actor: (data, unread) => (isReadable(data, actorFields) ? actorOf(data) : unread),
  isRoot: (data) => textIn(data, 'userIdentity', 'type') === 'Root',
  isByService,
  isDenied,
  succeeded,
  sourceIp: (data) => ipOf(data) ?? ABSENT,
  resourceIds: (data, unread) => {
    const all = members(data, unread);
    return all instanceof Unknown ? all : new ViewList(all.flatMap((it) => textIn(it, 'ARN') ?? []));
  },
};

const types = {
  Event: event,
  UserIdentity: {
    type: text('type'),
    principalId: text('principalId'),
    arn: text('arn'),
    accountId: text('accountId'),
    accessKeyId: text('accessKeyId'),
    userName: text('userName'),
    invokedBy: text('invokedBy'),
    identityProvider: text('identityProvider'),
    credentialId: text('credentialId'),
    sessionContext: part('sessionContext', 'SessionContext'),
    onBehalfOf: part('onBehalfOf', 'OnBehalfOf'),
  },
  SessionContext: {
    sessionIssuer: part('sessionIssuer', 'SessionIssuer'),
    attributes: part('attributes', 'SessionAttributes'),
    sourceIdentity: text('sourceIdentity'),
    ec2RoleDelivery: text('ec2RoleDelivery'),
    webIdFederationData: jsonOf('webIdFederationData'),
    assumedRoot: bool('assumedRoot'),
  },
  SessionIssuer: {
    type: text('type'),
    principalId: text('principalId'),
    arn: text('arn'),
    accountId: text('accountId'),
    userName: text('userName'),
  },
  SessionAttributes: { creationDate: time('creationDate', 'absent'), mfaAuthenticated: bool('mfaAuthenticated') },
  OnBehalfOf: { userId: text('userId'), identityStoreArn: text('identityStoreArn') },
  EventResource: { ARN: text('ARN'), accountId: text('accountId'), type: text('type') },
} satisfies Readonly<Record<string, Readonly<Record<string, Getter>>>>;

/** The fields of each type, for the test that compares them with the schema. */
export const eventFields: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(types).map(([name, getters]) => [name, Object.keys(getters)]),
);
