import type { HttpAnswer } from '../protocol/answer.js';
import type { Input } from '../protocol/input.js';
import type { WorldIndex } from '../world/index-world.js';
import type { WorldRole } from '../world/world.js';
import type { SessionPolicy } from './session-policy.js';

export type ServiceName =
  | 'sts'
  | 'organizations'
  | 'account'
  | 'athena'
  | 'cloudtrail'
  | 's3'
  | 's3control'
  | 'kms'
  | 'logs'
  | 'cloudwatch'
  | 'events'
  | 'securityhub'
  | 'sns'
  | 'ec2'
  | 'elb'
  | 'elbv2'
  | 'iam'
  | 'cloudfront'
  | 'config';

/** Who signed a request. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** Of a session; a user has none. */
  readonly role?: WorldRole;
  readonly policy?: SessionPolicy;
  /** From AssumeRole; STS shortens what is chained onto it. */
  readonly isSession: boolean;
}

/** What AWS does differently from place to place, or has changed over time; a test chooses. */
export interface Behavior {
  /** Members of an account in Organizations' answers besides the constant ones. Status was retired in September 2026. */
  readonly accountFields: readonly ('Paths' | 'State' | 'Status')[];
  /** Whether ListTrails in a member names the organization's trails. */
  readonly listTrailsInMembers: 'with-organization-trails' | 'own-trails';
  /** How a member is refused the selectors of an organization trail. */
  readonly selectorsInMembers: 'arn-invalid' | 'not-found' | 'empty';
  /** Largest pages by `service:Operation`, where a test wants them smaller than AWS's. */
  readonly pageSizes: Readonly<Record<string, number>>;
  /** Seconds that a session lasts, whatever was asked for. */
  readonly sessionSeconds: number | undefined;
  /** What queries meet on their way; by default, all goes well. */
  readonly athena: AthenaBehavior;
  readonly lake: LakeBehavior;
  readonly insights: InsightsBehavior;
  /** LookupEvents refuses tokens of pages that begin behind so many events. */
  readonly lookupTokensExpireAt: number | undefined;
}

/** The life of queries. */
export interface AthenaBehavior {
  /** Questions after its state until a query is over. */
  readonly polls?: number;
  /** Bytes that it has read with each of them. */
  readonly bytesPerPoll?: number;
  /** It ends so, for this reason. */
  readonly ends?: { readonly state: 'FAILED' | 'CANCELLED'; readonly reason: string };
  /** What becomes of the object with the result: it is there, cannot be read, is cut off, or there is none. */
  readonly result?: 'there' | 'denied' | 'cut' | 'managed';
}

export interface LakeBehavior {
  /** Questions after its state until a query is over. */
  readonly polls?: number;
  /** Bytes that it has read with each of them. */
  readonly bytesPerPoll?: number;
  /** It ends so, for this reason. */
  readonly ends?: { readonly state: 'FAILED' | 'CANCELLED' | 'TIMED_OUT'; readonly reason?: string };
  /** Rows at the beginning of each page that do not come. */
  readonly lostRows?: number;
}

export interface InsightsBehavior {
  /** Questions after its state until a query is over. */
  readonly polls?: number;
  /** It ends so. */
  readonly ends?: 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
  /** Rows at the beginning of the result that do not come. */
  readonly lostRows?: number;
}

export interface SessionRequest {
  readonly accountId: string;
  readonly role: WorldRole;
  readonly sessionName: string;
  readonly sourceIdentity?: string;
  readonly externalId?: string;
  readonly policy?: string;
  readonly seconds: number;
  readonly callerArn: string;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
  readonly caller: Caller;
}

/** A request, understood: all that an operation needs for its answer. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  /** Of the credential scope. */
  readonly region: string;
  readonly caller: Caller;
  /** The JSON body, form fields or query parameters. */
  readonly input: Input;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** S3: the bucket of path or host. S3 Control: the account of the host. */
  readonly hostLabel: string;
  readonly requestId: string;
  readonly index: WorldIndex;
  readonly behavior: Behavior;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A fault that concerns pages. */
  readonly pages: 'end' | 'never-end' | 'repeat' | 'empty-first';
  readonly issueSession: (request: SessionRequest) => SessionCredentials;
}

export interface Operation {
  /** The IAM action that allows it; null: nobody needs a permission for it. */
  readonly action: string | null;
  /** Whether it answers in pages. */
  readonly isPaged?: true;
  /** The ARN that AWS names when it refuses; without it, AWS names none. */
  readonly resource?: (call: Call) => string | undefined;
  readonly answer: (call: Call) => HttpAnswer;
}

export interface Service {
  readonly name: ServiceName;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** `service:Operation`. */
export function callName(call: { readonly service: string; readonly operation: string }): string {
  return `${call.service}:${call.operation}`;
}
