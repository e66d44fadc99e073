import type { WaiverState } from '../model/results.js';
import { sortDiagnostics, type Diagnostic, type Remark, type Path } from '../policy/index.js';
import { daysBetween } from './days.js';
import { candidatesOf } from './accounts-in-scope.js';
import type { WaiverAccount, WaiverFacts } from './facts.js';
import { isOverBroad, overBroadHelp } from './over-broad.js';
import type { MeantOus } from './resolve-ous.js';
import { sayMissing } from './missing.js';
import type { Tally } from './count-accepted.js';
import type { Waiver } from './waiver.js';
import { counted, plural } from '../text/plural.js';

/** From so many days before its end on, a waiver is announced. */
const daysOfNotice = 30;

type Say = (path: Path, remark: Remark) => void;

/** A waiver, the OUs that it means, and what it met. */
interface Met {
  readonly waiver: Waiver;
  readonly ous: MeantOus;
  readonly tally: Tally;
}

/**
 * What became of a waiver, and what is to be said of it.
 *
 * @param accounts ids of the organization's accounts, and of others that own targets
 */
export function stateOf(
  { waiver, ous, tally }: Met,
  facts: WaiverFacts,
  accounts: ReadonlySet<string>,
  today: string,
): { readonly state: WaiverState; readonly diagnostics: readonly Diagnostic[] } {
  const said: Diagnostic[] = [];
  const say: Say = (path, remark) => void said.push(waiver.remark(path, remark));
  const isAllMissing = sayMissing(waiver, ous, facts.areAllAccountsKnown ? accounts : undefined, say);
  const leftOut = leftOutOf({ waiver, ous, tally }, facts);
  const found = nameOfState(waiver, tally, facts, leftOut, today);
  const state = isAllMissing && (found === 'unused' || found === 'not-evaluated') ? 'stale' : found;
  switch (state) {
    case 'expired': {
      sayExpired(waiver, tally, say);
      break;
    }
    case 'not-yet-valid': {
      const message = `waiver ${waiver.id} holds from ${waiver.created} on, and the state was read on ${today}: it waives nothing yet`;
      say(['created'], { severity: 'warning', code: 'waiver-not-yet-valid', message });
      break;
    }
    case 'used': {
      sayEnding(waiver, today, say);
      if (leftOut.length === 0) sayUnmatched(waiver, tally, say);
      break;
    }
    case 'unused': {
      sayUnused(waiver, tally, say);
      break;
    }
    case 'not-evaluated': {
      sayNotKnown(waiver, tally, leftOut, say);
      break;
    }
    case 'stale': {
      // What is missing is said above, and is why it is not used.
      break;
    }
  }
  if (state !== 'expired' && isOverBroad(waiver, ous.ids, tally, facts)) {
    const message = `waiver ${waiver.id} covers every account and every resource, also those that come later`;
    say(['policy'], { severity: 'warning', code: 'waiver-over-broad', message, help: overBroadHelp });
  }
  const unread = [...tally.unreadAccounts].toSorted();
  if (unread.length > 0 && state !== 'expired' && state !== 'not-yet-valid') {
    const message = `the OUs above account ${listed(unread)} could not be read, so waiver ${waiver.id} waives nothing there`;
    say(['ous'], { severity: 'warning', code: 'waiver-ou-unread', message, help: 'name such accounts under accounts' });
  }
  const diagnostics = sortDiagnostics(said);
  return { state: describeState(waiver, state, tally.accepts, diagnostics), diagnostics };
}

/** Accounts that it may speak of, and that nobody looked at; asked for only where something of it met nothing. */
function leftOutOf({ waiver, ous, tally }: Met, facts: WaiverFacts): readonly WaiverAccount[] {
  const isAllMet = tally.accepts > 0 && (waiver.resources ?? []).every((it) => tally.matchedResources.has(it));
  if (isAllMet) return [];
  return candidatesOf(waiver, ous, facts.accounts).filter(
    (it) => it.state === 'out-of-scope' || it.state === 'unreadable',
  );
}

function nameOfState(
  waiver: Waiver,
  tally: Tally,
  facts: WaiverFacts,
  leftOut: readonly WaiverAccount[],
  today: string,
): WaiverState['state'] {
  if (today > waiver.expires) return 'expired';
  if (today < waiver.created) return 'not-yet-valid';
  if (tally.accepts > 0) return 'used';
  const wasAsked = waiver.policies.some((id) => facts.policies.some((policy) => policy.id === id));
  return wasAsked && tally.notKnown === 0 && leftOut.length === 0 ? 'unused' : 'not-evaluated';
}

function sayExpired({ id, expires }: Waiver, { accepts }: Tally, say: Say): void {
  const again =
    accepts === 0
      ? 'nothing that it covers fails any more'
      : `${counted(accepts, 'evaluation')} that it accepted ${plural(accepts, 'counts', 'count')} again`;
  const help =
    accepts === 0 ? 'remove it' : 'fix what fails; or have it approved again, with a new reason and a new last day';
  say(['expires'], {
    severity: 'warning',
    code: 'waiver-expired',
    message: `waiver ${id} ended on ${expires}: ${again}`,
    help,
  });
}

function sayEnding({ id, expires }: Waiver, today: string, say: Say): void {
  const left = daysBetween(today, expires);
  if (left > daysOfNotice) return;
  const when = left === 0 ? 'today' : `in ${counted(left, 'day')}`;
  const message = `waiver ${id} ends ${when}, on ${expires}: what it accepts is a finding again from then on`;
  say(['expires'], { severity: 'notice', code: 'waiver-ends-soon', message });
}

/** A waiver that does its work, and names a thing that nobody found. */
function sayUnmatched({ id, resources }: Waiver, tally: Tally, say: Say): void {
  for (const [index, resource] of (resources ?? []).entries()) {
    if (tally.matchedResources.has(resource)) continue;
    const message = `waiver ${id} names a resource that this run did not find: '${resource}'`;
    say(['resources', index], { severity: 'warning', code: 'waiver-unused', message, help: unmatchedHelp });
  }
}

const unmatchedHelp =
  'write it as reports print it (its ARN, or the name of a bucket); if it is gone, remove it from the waiver';

function sayUnused({ id }: Waiver, { othersFail, holds }: Tally, say: Say): void {
  const [why, help] =
    othersFail > 0
      ? ['other assertions fail there, not those that it names', 'remove it, or name the assertions that fail']
      : holds > 0
        ? ['nothing that it covers fails', 'remove it']
        : ['it matches nothing that was evaluated', unmatchedHelp];
  say(['id'], { severity: 'warning', code: 'waiver-unused', message: `waiver ${id} is not used: ${why}`, help });
}

/** What was left out on purpose is not spoken of: a run of one account would name every other one's waivers. */
function sayNotKnown({ id }: Waiver, { notKnown }: Tally, leftOut: readonly WaiverAccount[], say: Say): void {
  const code = 'waiver-not-evaluated';
  const unreadable = leftOut.filter((it) => it.state === 'unreadable').map((it) => it.id);
  if (notKnown > 0) {
    const message = `waiver ${id} covers what could not be read, which cannot be waived`;
    say(['id'], { severity: 'notice', code, message });
  } else if (unreadable.length > 0) {
    const message = `waiver ${id} found nothing to accept, but account ${listed(unreadable)} could not be read: whether it is needed is not known`;
    say(['id'], { severity: 'notice', code, message });
  }
}

function listed(ids: readonly string[]): string {
  return `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ` and ${ids.length - 3} more` : ''}`;
}

function describeState(
  waiver: Waiver,
  state: WaiverState['state'],
  accepts: number,
  diagnostics: readonly Diagnostic[],
): WaiverState {
  const { remark: _, id, policies, file, line, ...rest } = waiver;
  const { assert, accounts, ous, resources, reason, owner, approvedBy, created, expires } = rest;
  const { ticket, compensatingControl } = rest;
  return {
    id,
    state,
    policies,
    ...(assert === undefined ? {} : { assert }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(ous === undefined ? {} : { ous }),
    ...(resources === undefined ? {} : { resources }),
    reason,
    owner,
    approvedBy,
    created,
    expires,
    ...(ticket === undefined ? {} : { ticket }),
    ...(compensatingControl === undefined ? {} : { compensatingControl }),
    file,
    line,
    accepts,
    remarks: diagnostics.map(({ severity, code, message, help, line: at }) => ({
      severity,
      code,
      message,
      ...(help === undefined ? {} : { help }),
      line: at,
    })),
  };
}
