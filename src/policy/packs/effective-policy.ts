import type { BindingScope } from '../../model/results.js';
import type { CompiledPolicy } from '../compiled-policy.js';
import { mergeSettings, noSettings, type Place, type Settings } from './settings.js';
import { byText } from '../../text/order.js';

/** Settings for a part of the organization. */
export interface PolicyBinding {
  readonly scope: BindingScope;
  readonly settings: Settings;
  /** The line of the pack where it begins. */
  readonly place: Place;
}

/** Why a policy is not asked, and the line that says so. */
export interface Disabled {
  readonly reason: string;
  readonly place: Place;
}

/** A policy as the chosen packs and the configuration make it. A compiled policy is one, with nothing changed. */
export interface EffectivePolicy extends CompiledPolicy {
  /** Taken out for the whole organization; a binding may ask it of a part all the same. */
  readonly disabled?: Disabled;
  /** On top of what is set for the whole organization; a later one wins. */
  readonly bindings?: readonly PolicyBinding[];
  /** What is set for the whole organization, and where. */
  readonly settings?: Settings;
}

/** The policy with settings for the whole organization and bindings. */
export function effectivePolicy(
  policy: CompiledPolicy,
  settings: Settings,
  bindings: readonly PolicyBinding[],
): EffectivePolicy {
  const disabled = disabledBy(settings);
  return {
    ...withSettings(policy, settings),
    ...(disabled === undefined ? {} : { disabled }),
    ...(bindings.length === 0 ? {} : { bindings }),
    settings,
  };
}

/** A policy as it is where bindings apply: with other values, or not asked at all. */
export type BoundPolicy =
  | {
      readonly kind: 'enabled';
      readonly policy: CompiledPolicy;
      /** Plain values of all parameters, where a binding sets one of them. */
      readonly params?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'disabled';
      readonly disabled: Disabled;
      /** Missing: for the whole organization. */
      readonly scope?: BindingScope;
    };

/** The policy where these of its bindings apply, in their order. */
export function underBindings(policy: EffectivePolicy, bindings: readonly PolicyBinding[]): BoundPolicy {
  const settings = bindings.reduce((sum, it) => mergeSettings(sum, it.settings), noSettings);
  const isDisabled = settings.enablement === undefined ? policy.disabled : disabledBy(settings);
  if (isDisabled !== undefined) {
    const scope = bindings.findLast((it) => it.settings.enablement !== undefined)?.scope;
    return { kind: 'disabled', disabled: isDisabled, ...(scope === undefined ? {} : { scope }) };
  }
  const bound = withSettings(policy, settings);
  return { kind: 'enabled', policy: bound, ...(settings.params.size === 0 ? {} : { params: plainParams(bound) }) };
}

/** Plain values of the parameters in force, by name. */
export function plainParams({ document: { params = {} } }: CompiledPolicy): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(params)
      .map(([name, declaration]) => [name, declaration.default] as const)
      .toSorted(([a], [b]) => byText(a, b)),
  );
}

function disabledBy({ enablement }: Settings): Disabled | undefined {
  if (enablement === undefined || enablement.value.enabled) return undefined;
  return { reason: enablement.value.reason, place: enablement.place };
}

/** The values in force are written into the document, so that whoever shows a policy shows what is asked. */
function withSettings<P extends CompiledPolicy>(policy: P, { severity, title, remediation, params }: Settings): P {
  const { document } = policy;
  const declared = Object.entries(document.params ?? {}).map(([name, declaration]) => {
    const set = params.get(name);
    return [name, set === undefined ? declaration : { ...declaration, default: set.value.plain }] as const;
  });
  return {
    ...policy,
    document: {
      ...document,
      ...(severity === undefined ? {} : { severity: severity.value }),
      ...(title === undefined ? {} : { title: title.value }),
      ...(remediation === undefined ? {} : { remediation: { ...document.remediation, text: remediation.value } }),
      ...(document.params === undefined ? {} : { params: Object.fromEntries(declared) }),
    },
    params: new Map([...policy.params, ...[...params].map(([name, set]) => [name, set.value.value] as const)]),
    assertions:
      severity === undefined
        ? policy.assertions
        : policy.assertions.map((assertion) => ({ ...assertion, severity: severity.value })),
  };
}
