/** What an entry of `extends`, or `--pack`, means. */
export type Reference =
  | { readonly kind: 'pack'; readonly id: string; readonly isBuiltin: boolean }
  | { readonly kind: 'npm'; readonly package: string; readonly pack?: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'wrong'; readonly message: string; readonly help: string };

const packageName = /^npm:((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:\/([a-z0-9]+(?:-[a-z0-9]+)*))?$/;

const forms = 'write builtin:<pack>, the id of a pack, ./folder, ./pack.yaml, npm:<package> or npm:<package>/<pack>';

/** Reads `builtin:core`, `core`, `./folder`, `pack.yaml`, `npm:@acme/policies` or `npm:@acme/policies/strict`. */
export function parseReference(text: string): Reference {
  if (/^(https?|git|ssh|file)[:+@]/i.test(text)) {
    return {
      kind: 'wrong',
      message: `'${text}' is an address, and packs are never fetched over the network`,
      help: 'install the pack as an npm package and write npm:<package>, or keep a copy and write ./folder',
    };
  }
  if (text.startsWith('npm:')) {
    const [, name, pack] = packageName.exec(text) ?? [];
    if (name === undefined) {
      return {
        kind: 'wrong',
        message: `'${text}' names no npm package`,
        help: 'write npm:<package> or npm:@scope/<package>, and /<pack> behind it for one of its packs',
      };
    }
    return { kind: 'npm', package: name, ...(pack === undefined ? {} : { pack }) };
  }
  if (text.startsWith('builtin:')) return { kind: 'pack', id: text.slice('builtin:'.length), isBuiltin: true };
  if (text.includes('/') || text === '.' || text === '..' || isYamlName(text)) return { kind: 'path', path: text };
  if (text.includes(':')) return { kind: 'wrong', message: `'${text}' names no pack`, help: forms };
  return { kind: 'pack', id: text, isBuiltin: false };
}

/** True for a name that a pack's own file has, and a folder has not. */
export function isYamlName(path: string): boolean {
  return /\.ya?ml$/.test(path);
}
