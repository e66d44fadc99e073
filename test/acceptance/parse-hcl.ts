import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script =
  'import hcl2, json, sys; json.dump([hcl2.load(open(it, encoding="utf-8")) for it in sys.argv[1:]], sys.stdout)';

/** The blocks of a file of Terraform by their kind. */
export type Hcl = Readonly<Record<string, readonly object[]>>;

/** What python-hcl2 reads in files of Terraform, in their order. It rejects a file that is not HCL. */
export async function parseHcl(python: string, files: readonly string[]): Promise<readonly Hcl[]> {
  const { stdout } = await run(python, ['-c', script, ...files], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as readonly Hcl[]; // as hcl2.load gives it
}

/** `TYPE` of each `resource "TYPE" "NAME"`. */
export function resourceTypes({ resource = [] }: Hcl): string[] {
  return typesOf(resource);
}

/** `TYPE` of each `data "TYPE" "NAME"`. */
export function dataTypes({ data = [] }: Hcl): string[] {
  return typesOf(data);
}

function typesOf(blocks: readonly object[]): string[] {
  return blocks.flatMap((it) => Object.keys(it).map((type) => type.replaceAll('"', '')));
}
