import type { Call } from './ast.js';
import type { ResolvedCall } from './resolved.js';

/** Notes each field of the View that an expression reads, as `Trail.isLogging`, while the expression is checked. */
export class FieldsRead {
  private readonly fields = new Set<string>();

  add(type: string, field: string): void {
    // An ARN is taken apart and a parameter looked up without reading anything.
    if (type !== 'Arn' && type !== 'params') this.fields.add(`${type}.${field}`);
  }

  /** All of them with what the called functions read, sorted. */
  with(calls: ReadonlyMap<Call, ResolvedCall>): readonly string[] {
    const byFunctions = [...calls.values()].flatMap((it) => (it.kind === 'view-function' ? it.viewFunction.reads : []));
    return [...new Set([...this.fields, ...byFunctions])].toSorted();
  }
}
