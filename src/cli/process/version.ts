import { readPackageJson } from '../../package-file.js';

/** The version of this package. */
export function version(): string {
  // npm guarantees the member in every package.json that it installs.
  const { version: text } = readPackageJson('package.json') as { readonly version: string };
  return text;
}
