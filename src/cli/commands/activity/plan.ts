import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';
import type { AthenaChoice } from '../../source/athena-source.js';
import type { EventSourceChoice } from '../../source/event-source.js';

interface Planned extends Pick<EventSourceChoice, 'source' | 'from' | 'to' | 'logRoleName' | 'externalId'> {
  readonly sample?: true;
  readonly athena: AthenaChoice;
}

/** `trailproof activity --plan`: what reading would take, by listings alone. */
export async function printPlan(
  { source, from, to, logRoleName, externalId, sample, athena }: Planned,
  inventory: Inventory | undefined,
  terminal: Terminal,
): Promise<number> {
  if (sample === true) throw new UsageError('--plan is of log files: the sample reads none.', 'Leave out --sample.');
  const { planEventSource } = await import('../../source/event-source.js');
  const choice = {
    source,
    from,
    to,
    athena,
    ...(inventory === undefined ? {} : { inventory }),
    ...(logRoleName === undefined ? {} : { logRoleName }),
    ...(externalId === undefined ? {} : { externalId }),
  };
  writeLines(terminal.stdout, await planEventSource(choice, terminal));
  return exitCodes.ok;
}
