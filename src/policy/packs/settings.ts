import type { Value } from '../../expression/index.js';
import type { Severity } from '../compiled-policy.js';

/** A line of a file of the user's or of ours. */
export interface Place {
  readonly file: string;
  /** 1-based */
  readonly line: number;
}

/** A value, and the line that sets it. */
export interface Sourced<T> {
  readonly value: T;
  readonly place: Place;
}

/** Whether a policy is asked at all. */
export type Enablement = { readonly enabled: true } | { readonly enabled: false; readonly reason: string };

export interface ParameterSetting {
  /** As YAML gives it. */
  readonly plain: unknown;
  /** As expressions see it. */
  readonly value: Value;
}

/** What a pack, a binding or the configuration sets in one policy. What is missing stays as it was. */
export interface Settings {
  readonly severity?: Sourced<Severity>;
  readonly title?: Sourced<string>;
  /** The text that says how to fix it. */
  readonly remediation?: Sourced<string>;
  readonly enablement?: Sourced<Enablement>;
  readonly params: ReadonlyMap<string, Sourced<ParameterSetting>>;
}

export const noSettings: Settings = { params: new Map() };

/** One on top of the other: what the later sets wins, value by value. */
export function mergeSettings(earlier: Settings, later: Settings): Settings {
  if (earlier === noSettings) return later;
  if (later === noSettings) return earlier;
  return { ...earlier, ...later, params: new Map([...earlier.params, ...later.params]) };
}

/** A value that two set differently where neither builds on the other. */
export interface Conflict {
  /** `severity`, or `the parameter 'minDays'` */
  readonly what: string;
  readonly earlier: Sourced<unknown>;
  readonly later: Sourced<unknown>;
}

/** What two sets of settings disagree on. */
export function conflictsOf(earlier: Settings, later: Settings): readonly Conflict[] {
  const pairs: readonly [string, Sourced<unknown> | undefined, Sourced<unknown> | undefined][] = [
    ['severity', earlier.severity, later.severity],
    ['title', earlier.title, later.title],
    ['remediation', earlier.remediation, later.remediation],
    ['enabled', isEnabled(earlier), isEnabled(later)],
    ...[...later.params].map(
      ([name, setting]) =>
        [`the parameter '${name}'`, plainOf(earlier.params.get(name)), plainOf(setting)] satisfies [
          string,
          unknown,
          unknown,
        ],
    ),
  ];
  return pairs.flatMap(([what, a, b]) =>
    a === undefined || b === undefined || JSON.stringify(a.value) === JSON.stringify(b.value)
      ? []
      : [{ what, earlier: a, later: b }],
  );
}

function isEnabled({ enablement }: Settings): Sourced<boolean> | undefined {
  return enablement === undefined ? undefined : { value: enablement.value.enabled, place: enablement.place };
}

function plainOf(setting: Sourced<ParameterSetting> | undefined): Sourced<unknown> | undefined {
  return setting === undefined ? undefined : { value: setting.value.plain, place: setting.place };
}
