import { matchesWildcard } from '../protocol/wildcard.js';
import { findOperation, operationNames } from '../services/index.js';
import { callName, type Call, type ServiceName } from '../services/call.js';

export type FaultKind =
  | 'denied'
  | 'scp-denied'
  | 'throttled'
  | 'internal-error'
  | 'service-unavailable'
  | 'expired-token'
  | 'timeout'
  | 'connection-cut'
  | 'cut-in-body'
  | 'malformed-body'
  | 'empty-body'
  | 'hollow'
  | 'lacking'
  | 'endless-pages'
  | 'repeating-page-token'
  | 'empty-page'
  | 'slow';

/** Something that goes wrong, with the calls that match. */
export interface Fault {
  readonly match: FaultMatch;
  readonly kind: FaultKind;
  /** How many calls it meets; then it heals. Without it, it stays. */
  readonly times?: number;
  /** How many matching calls go well before. */
  readonly after?: number;
  /** What a `lacking` answer lacks: names of members of a JSON answer, however deep. */
  readonly members?: readonly string[];
  /** How long `slow` takes; a second unless told otherwise. */
  readonly milliseconds?: number;
}

/** All that is stated must hold; nothing stated is every call. */
interface FaultMatch {
  readonly service?: ServiceName;
  /** `GetTrailStatus`, also with `*`. */
  readonly operation?: string;
  /** Of the caller; of AssumeRole, the account that is entered. */
  readonly accountId?: string;
  readonly region?: string;
}

interface Armed {
  readonly fault: Fault;
  met: number;
}

/** The faults in force, and how often each has been met. */
export class Faults {
  private armed: readonly Armed[] = [];

  /** @throws Error for a fault that can never be met, such as a misspelt operation. */
  set(faults: readonly Fault[]): void {
    for (const fault of faults) checkFault(fault);
    this.armed = faults.map((fault) => ({ fault, met: 0 }));
  }

  /** The fault that meets the call: the first that matches and is neither healed nor still to come. */
  meet(call: Omit<Call, 'pages'>): Fault | undefined {
    for (const it of this.armed) {
      const { fault } = it;
      if (!matches(fault, call)) continue;
      it.met += 1;
      const after = fault.after ?? 0;
      if (it.met > after && it.met <= after + (fault.times ?? Number.POSITIVE_INFINITY)) return fault;
    }
    return undefined;
  }
}

function matches({ match, kind }: Fault, call: Omit<Call, 'pages'>): boolean {
  return (
    (match.service === undefined || match.service === call.service) &&
    (match.operation === undefined || matchesWildcard(match.operation, call.operation)) &&
    (match.accountId === undefined || match.accountId === accountOf(call)) &&
    (match.region === undefined || match.region === call.region) &&
    (!isAboutPages(kind) || findOperation(call.service, call.operation)?.isPaged === true)
  );
}

function accountOf({ operation, input, caller }: Omit<Call, 'pages'>): string | undefined {
  if (operation !== 'AssumeRole') return caller.accountId;
  return String(input['RoleArn']).split(':')[4];
}

function isAboutPages(kind: FaultKind): boolean {
  return kind === 'endless-pages' || kind === 'repeating-page-token' || kind === 'empty-page';
}

function checkFault({ match, kind }: Fault): void {
  const met = operationNames.filter((name) => {
    const [service = '', operation = ''] = name.split(':');
    return (
      (match.service === undefined || match.service === service) &&
      (match.operation === undefined || matchesWildcard(match.operation, operation))
    );
  });
  const what = callName({ service: match.service ?? '*', operation: match.operation ?? '*' });
  if (met.length === 0) throw new Error(`The fault '${kind}' on ${what} can never be met: there is no such operation.`);
  if (isAboutPages(kind) && !met.some(isPaged)) {
    throw new Error(`The fault '${kind}' on ${what} can never be met: the operation does not answer in pages.`);
  }
}

function isPaged(name: string): boolean {
  const [service = '', operation = ''] = name.split(':');
  // The names come from the table of services.
  return findOperation(service as ServiceName, operation)?.isPaged === true;
}
