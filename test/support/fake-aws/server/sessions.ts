import type { Caller, SessionCredentials, SessionRequest } from '../services/call.js';
import { parseSessionPolicy } from '../services/session-policy.js';
import type { WorldIndex } from '../world/index-world.js';

/** A session that AssumeRole issued. */
export interface IssuedSession {
  readonly accountId: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly sourceIdentity: string | undefined;
  readonly externalId: string | undefined;
  /** The session policy, as text. */
  readonly policy: string | undefined;
  readonly callerArn: string;
  readonly expiresAt: Date;
}

export type Recognized =
  | { readonly state: 'known'; readonly caller: Caller }
  | { readonly state: 'expired'; readonly caller: Caller }
  | { readonly state: 'unknown' };

interface Kept {
  readonly credentials: SessionCredentials;
  readonly issued: IssuedSession;
}

const userKey = /^AKIAFAKE(\d{12})$/;

/** The access key of an account's user; its id is all that it takes. */
export function userAccessKeyId(accountId: string): string {
  return `AKIAFAKE${accountId}`;
}

/** Knows whose credentials sign a request, and issues those of sessions. */
export class Sessions {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly index: WorldIndex,
    private readonly now: () => number,
  ) {}

  issue(request: SessionRequest): SessionCredentials {
    const { accountId, role, sessionName, policy } = request;
    const number = this.kept.size + 1;
    const accessKeyId = `ASIAFAKE${number.toString(36).toUpperCase().padStart(12, '0')}`;
    const { partition } = this.index.world;
    const caller: Caller = {
      accountId,
      arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
      userId: `AROAFAKE${accountId}:${sessionName}`,
      role,
      isSession: true,
      ...(policy === undefined ? {} : { policy: parseSessionPolicy(policy) }),
    };
    const credentials: SessionCredentials = {
      accessKeyId,
      secretAccessKey: 'example-secret-access-key',
      sessionToken: `example-session-token-${number}`,
      expiresAt: new Date(this.now() + request.seconds * 1000),
      caller,
    };
    const issued: IssuedSession = {
      accountId,
      roleName: role.name,
      sessionName,
      sourceIdentity: request.sourceIdentity,
      externalId: request.externalId,
      policy,
      callerArn: request.callerArn,
      expiresAt: credentials.expiresAt,
    };
    this.kept.set(accessKeyId, { credentials, issued });
    return credentials;
  }

  /** Whose credentials these are. */
  recognize(accessKeyId: string, sessionToken: string | undefined): Recognized {
    const accountId = userKey.exec(accessKeyId)?.[1];
    if (accountId !== undefined) {
      return this.index.accounts.has(accountId)
        ? { state: 'known', caller: this.user(accountId) }
        : { state: 'unknown' };
    }
    const kept = this.kept.get(accessKeyId);
    if (kept === undefined || kept.credentials.sessionToken !== sessionToken) return { state: 'unknown' };
    const { caller, expiresAt } = kept.credentials;
    return { state: expiresAt.getTime() > this.now() ? 'known' : 'expired', caller };
  }

  issued(): readonly IssuedSession[] {
    return [...this.kept.values()].map((it) => it.issued);
  }

  private user(accountId: string): Caller {
    const arn = `arn:${this.index.world.partition}:iam::${accountId}:user/auditor`;
    return { accountId, arn, userId: 'AIDAFAKEEXAMPLEUSERID', isSession: false };
  }
}
