import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = 'import hcl2, json, sys; json.dump(hcl2.load(open(sys.argv[1], encoding="utf-8")), sys.stdout)';

/** What python-hcl2 reads in a file of Terraform: blocks by their kind. It rejects a file that is not HCL. */
export async function parseHcl(python: string, file: string): Promise<Readonly<Record<string, readonly object[]>>> {
  const { stdout } = await run(python, ['-c', script, file]);
  return JSON.parse(stdout) as Readonly<Record<string, readonly object[]>>; // as hcl2.load gives it
}

/** `TYPE` of each `resource "TYPE" "NAME"`. */
export function resourceTypes({ resource = [] }: Readonly<Record<string, readonly object[]>>): string[] {
  return resource.flatMap((it) => Object.keys(it).map((type) => type.replaceAll('"', '')));
}
