/** A step of a path into a fixture, and where it stands in the path's text. */
export type Step = (
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'key'; readonly key: string }
) & { readonly start: number; readonly end: number };

const step = /(?<dot>\.?)(?<name>[A-Za-z_$][\w$]*)|\[(?<index>\d+)\]|\[(?:"(?<double>[^"]*)"|'(?<single>[^']*)')\]/y;

/**
 * The steps of a path such as `account.trails[0].isLogging` or `account.coverage.data["AWS::S3::Object"].read`, or the
 * offset where it stops being one.
 */
export function parsePath(text: string): { readonly steps: readonly Step[] } | { readonly badAt: number } {
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    step.lastIndex = at;
    const match = step.exec(text);
    const { dot, name, index, double, single } = match?.groups ?? {};
    const isFirst = steps.length === 0;
    const isMisplaced = name === undefined ? isFirst : (dot === '.') === isFirst;
    if (match === null || isMisplaced) return { badAt: at };
    const place = { start: at + (dot?.length ?? 0), end: at + match[0].length };
    if (name !== undefined) steps.push({ kind: 'field', name, ...place });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index), ...place });
    else steps.push({ kind: 'key', key: double ?? single ?? '', ...place });
    at = place.end;
  }
  return steps.length === 0 ? { badAt: 0 } : { steps };
}
