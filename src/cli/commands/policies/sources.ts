import type { EffectivePolicy, Settings } from '../../../policy/index.js';
import { scopeNames } from '../../../report/index.js';
import { shortPath } from '../../process/short-path.js';

/** Each effective value of policies with the line that sets it, one value a line. */
export function describeSources(policies: readonly EffectivePolicy[]): readonly string[] {
  return policies.flatMap((policy) => [policy.id, ...linesOf(policy)]);
}

interface Row {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

function linesOf(policy: EffectivePolicy): readonly string[] {
  const own = rowsOf(policy, policy.settings);
  const bound = (policy.bindings ?? []).flatMap(({ scope, settings }) => {
    const where = scopeNames(scope).join(', ');
    return [{ name: `in ${where}`, value: '', source: '' }].concat(setRows(settings).map((row) => indented(row)));
  });
  const rows = [...own, ...bound];
  const names = Math.max(...rows.map((it) => it.name.length));
  const values = Math.max(...rows.map((it) => Math.min(it.value.length, widest)));
  return rows.map(({ name, value, source }) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${source}`.trimEnd());
}

/** A longer value pushes its source to the right, and no other one's. */
const widest = 60;

function indented({ name, ...rest }: Row): Row {
  return { name: `  ${name}`, ...rest };
}

/** Every value that is in force for the whole organization. */
function rowsOf(policy: EffectivePolicy, settings: Settings | undefined): readonly Row[] {
  const { document, lines, file, disabled } = policy;
  const set = new Map(settings === undefined ? [] : setRows(settings).map((row) => [row.name, row]));
  const ownRow = (name: string, value: unknown): Row => ({
    name,
    value: asText(value),
    source: place(file, lines.get(name) ?? policy.line),
  });
  return [
    set.get('severity') ?? ownRow('severity', document.severity),
    set.get('title') ?? ownRow('title', document.title),
    ...(set.has('remediation') ? [...set.values()].filter((it) => it.name === 'remediation') : []),
    ...Object.entries(document.params ?? {}).map(
      ([name, { default: value }]) => set.get(`params.${name}`) ?? ownRow(`params.${name}`, value),
    ),
    set.get('enabled') ?? { name: 'enabled', value: String(disabled === undefined), source: 'default' },
  ];
}

/** The values that a pack, a binding or the configuration sets. */
function setRows({ severity, title, remediation, params, enablement }: Settings): readonly Row[] {
  const single = Object.entries({ severity, title, remediation }).flatMap(([name, it]): Row[] =>
    it === undefined ? [] : [{ name, value: it.value, source: place(it.place.file, it.place.line) }],
  );
  const enabled =
    enablement === undefined
      ? []
      : [
          {
            name: 'enabled',
            value: enablement.value.enabled ? 'true' : `false: ${enablement.value.reason}`,
            source: place(enablement.place.file, enablement.place.line),
          },
        ];
  const all = [...params].map(([name, it]) => ({
    name: `params.${name}`,
    value: asText(it.value.plain),
    source: place(it.place.file, it.place.line),
  }));
  return [...single, ...all, ...enabled];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function place(file: string, line: number): string {
  return `${shortPath(file)}:${line}`;
}
