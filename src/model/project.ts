/** Where the project is. `package.json` says the same. */
export const projectUrl = 'https://github.com/trailproof/trailproof';

/** The page of the documentation at a path below `docs/`. */
export function docsPage(path: string): string {
  return `${projectUrl}/blob/main/docs/${path}`;
}
