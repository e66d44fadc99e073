import type { ApiCalls, Gap, Scope } from './inventory.js';

/** A call, as which account and where it was made, and with what. */
export interface KeptCall {
  /** `service:Operation` */
  readonly call: string;
  /** The account whose credentials were used; `unknown` before it is known whose they are. */
  readonly askedAs: string;
  readonly region: string;
  readonly input: unknown;
}

/** Why a call gave nothing, as a run understood it. */
export interface KeptFailure extends Pick<Gap, 'reason' | 'message'> {
  readonly code: string;
  readonly expired: boolean;
  readonly regionDenied: boolean;
  readonly isAboutRequest?: true;
}

/** A call and what AWS answered, as it came. */
export interface KeptAnswer extends KeptCall {
  /** The account that the answer is about. */
  readonly about: string;
  /** The ARN, name or id that was asked about. */
  readonly resource?: string;
  /** Of the evidence, or of the gap, that follows from it. */
  readonly id: string;
  /** RFC 3339 */
  readonly at: string;
  readonly requestId?: string;
  readonly answer:
    | { readonly is: 'answered'; readonly output: unknown }
    /** AWS said that there is none. */
    | { readonly is: 'absent' }
    | { readonly is: 'failed'; readonly failure: KeptFailure };
}

/** Keeps answers. */
export interface AnswerRecorder {
  readonly add: (answer: KeptAnswer) => void;
}

/** Gives answers that were kept. */
export interface AnswerReplay {
  readonly take: (call: KeptCall) => KeptAnswer | undefined;
}

/** What a run was asked to read, and what it counted: with the answers, all that its inventory is made of. */
export interface KeptRun {
  readonly version: string;
  readonly capturedAt: string;
  readonly region: string;
  readonly roleName: string;
  readonly logArchiveAccount?: string;
  readonly scope: Omit<Scope, 'deep'>;
  readonly deep: boolean;
  readonly accountTags: boolean;
  /** The only calls that were made; null: all. */
  readonly calls: readonly string[] | null;
  readonly apiCalls: ApiCalls;
}
