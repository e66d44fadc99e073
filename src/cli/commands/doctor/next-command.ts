/** Flags of doctor that a scan of the same accounts takes, too. */
const shared: readonly (readonly [option: string, flag: string])[] = [
  ['account', '--account'],
  ['excludeAccount', '--exclude-account'],
  ['ou', '--ou'],
  ['roleName', '--role-name'],
  ['externalId', '--external-id'],
  ['region', '--region'],
  ['profile', '--profile'],
  ['config', '--config'],
];

const defaults: Readonly<Record<string, string>> = { roleName: 'TrailproofAudit' };

/** The command that scans what doctor has just checked, to be pasted into a POSIX shell. */
export function scanCommandFor(options: unknown): string {
  const given = new Map(Object.entries(options as object));
  const flags = shared.flatMap(([option, flag]) => {
    const value: unknown = given.get(option);
    const values = (Array.isArray(value) ? value : [value]).filter((it) => typeof it === 'string');
    return values.length === 0 || values[0] === defaults[option] ? [] : [[flag, ...values.map(quoted)].join(' ')];
  });
  return ['trailproof scan', ...flags].join(' ');
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
