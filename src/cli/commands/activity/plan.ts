import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';
import type { EventSourceChoice } from '../../source/event-source.js';
import type { QueryChoice } from '../../source/query-choice.js';

interface Planned extends Pick<EventSourceChoice, 'source' | 'from' | 'to' | 'logRoleName' | 'externalId'> {
  readonly sample?: true;
  readonly query: QueryChoice;
}

/** `trailproof activity --plan`: what reading would take, by listings alone. */
export async function printPlan(
  { source, from, to, logRoleName, externalId, sample, query }: Planned,
  inventory: Inventory | undefined,
  terminal: Terminal,
): Promise<number> {
  if (sample === true) throw new UsageError('--plan is of log files: the sample reads none.', 'Leave out --sample.');
  const { planEventSource } = await import('../../source/event-source.js');
  const choice = {
    source,
    from,
    to,
    query,
    ...(inventory === undefined ? {} : { inventory }),
    ...(logRoleName === undefined ? {} : { logRoleName }),
    ...(externalId === undefined ? {} : { externalId }),
  };
  writeLines(terminal.stdout, await planEventSource(choice, terminal));
  return exitCodes.ok;
}
