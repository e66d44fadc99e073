import { childrenOf, closest, type Expression, type ExpressionDiagnostic } from '../expression/index.js';
import { eventNamesOf, eventPair, isEventSource, knownEventSources } from '../model/event-catalogue.js';

type Node = Expression['root'];

/**
 * Warnings on event sources and event names that are asked of `covers()` and that no service has: new ones come, so they
 * are no errors; of events that never happen, coverage says nothing.
 */
export function coversWarnings(root: Node): readonly ExpressionDiagnostic[] {
  const below = childrenOf(root).flatMap(coversWarnings);
  if (root.kind !== 'call' || root.name !== 'covers') return below;
  const [, , source, name] = root.args;
  if (source?.kind !== 'literal' || typeof source.value !== 'string') return below;
  if (!isEventSource(source.value)) {
    const message = `no service has the event source '${source.value}'`;
    return [...below, warning(source, message, closest(source.value, knownEventSources()))];
  }
  if (name?.kind !== 'literal' || typeof name.value !== 'string') return below;
  if (eventPair(source.value, name.value).state !== 'unknown') return below;
  const message = `${source.value} has no event '${name.value}'`;
  return [...below, warning(name, message, closest(name.value, eventNamesOf(source.value) ?? []))];
}

function warning({ start, end }: Node, message: string, meant: string | undefined): ExpressionDiagnostic {
  const help = meant === undefined ? {} : { help: `did you mean '${meant}'?` };
  return { code: 'event-name', severity: 'warning', message, ...help, start, end };
}
