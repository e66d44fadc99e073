import { suggestion } from '../expression/index.js';
import type { CompiledPolicy, Diagnostic, Remark, Path } from '../policy/index.js';
import { daysBetween } from './days.js';
import type { Waiver } from './waiver.js';

export interface CheckOptions {
  /** Every policy there is, chosen for the run or not. */
  readonly policies: readonly CompiledPolicy[];
  /** From the day it was created to its last. */
  readonly maxDays: number;
}

const shortestReason = 10;

/** What a schema cannot say of waivers. */
export function checkWaivers(waivers: readonly Waiver[], options: CheckOptions): readonly Diagnostic[] {
  const byId = new Map(options.policies.map((it) => [it.id, it]));
  const first = new Map<string, Waiver>();
  return waivers.flatMap((waiver) => {
    const said: Diagnostic[] = [];
    const say = (path: Path, remark: Remark) => void said.push(waiver.remark(path, remark));
    const other = first.get(waiver.id);
    if (other === undefined) first.set(waiver.id, waiver);
    else {
      const message = `there is a waiver ${waiver.id} already, at ${other.file}:${other.line}`;
      say(['id'], { code: 'duplicate-id', message, help: 'choose another id: reports name waivers by it' });
    }
    checkPolicies(waiver, byId, say);
    checkPeople(waiver, say);
    checkDays(waiver, options.maxDays, say);
    return said;
  });
}

type Say = (path: Path, remark: Remark) => void;

function checkPolicies(waiver: Waiver, byId: ReadonlyMap<string, CompiledPolicy>, say: Say): void {
  for (const [index, id] of waiver.policies.entries()) {
    const policy = byId.get(id);
    if (policy === undefined) {
      const help = suggestion(id, [...byId.keys()], 'policies');
      say(['policy', index], { code: 'unknown-policy', message: `there is no policy '${id}'`, help });
      continue;
    }
    const known = policy.assertions.map((it) => it.id);
    for (const [at, assert] of (waiver.assert ?? []).entries()) {
      if (known.includes(assert)) continue;
      const message = `the policy ${id} has no assertion '${assert}'`;
      say(['assert', at], { code: 'unknown-assertion', message, help: suggestion(assert, known, 'it has') });
    }
  }
}

function checkPeople({ reason, owner, approvedBy }: Waiver, say: Say): void {
  if (reason.trim().length < shortestReason) {
    const message = `'reason' must have at least ${shortestReason} characters`;
    say(['reason'], { code: 'too-short', message, help: 'say why it is accepted, for someone who reads it in a year' });
  }
  if (owner.trim() === '') say(['owner'], { code: 'empty', message: "'owner' must not be empty" });
  if (approvedBy.trim() === '') say(['approvedBy'], { code: 'empty', message: "'approvedBy' must not be empty" });
  else if (samePerson(owner, approvedBy)) {
    const message = 'the owner cannot approve their own waiver';
    say(['approvedBy'], {
      code: 'self-approved',
      message,
      help: 'name who accepted the risk, someone other than owner',
    });
  }
}

function samePerson(a: string, b: string): boolean {
  return a.trim().normalize('NFKC').toLowerCase() === b.trim().normalize('NFKC').toLowerCase();
}

function checkDays({ created, expires }: Waiver, maxDays: number, say: Say): void {
  const days = daysBetween(created, expires);
  if (days < 0) {
    say(['expires'], { code: 'wrong-days', message: `it ends on ${expires}, before it begins on ${created}` });
  } else if (days > maxDays) {
    const last = new Date(Date.parse(created) + maxDays * 86_400_000).toISOString().slice(0, 10);
    const message = `a waiver lasts at most ${maxDays} days, and this one ${days}`;
    const help = `write ${last} or earlier, and have it approved again then`;
    say(['expires'], { code: 'too-long', message, help });
  }
}
