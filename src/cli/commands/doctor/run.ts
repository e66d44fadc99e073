import { diagnose } from '../../../collect/index.js';
import { jsonLines } from '../../../report/index.js';
import type { DoctorReport } from '../../../model/doctor.js';
import { doctorReport } from './report.js';
import { scanCommandFor } from './next-command.js';
import { doctorText } from './text.js';
import { exitCodes } from '../../process/exit-codes.js';
import { withProgress } from '../../source/progress.js';
import { parseSourceOptions } from '../../source/source-options.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { writeLines } from '../../process/write-lines.js';

/** `trailproof doctor`: whether a scan will be able to read the accounts, and why not. */
export async function doctorCommand(options: unknown, terminal: Terminal): Promise<number> {
  const { json, quiet } = options as { readonly json?: true; readonly quiet?: true };
  const source = parseSourceOptions(options, terminal.environment);
  const diagnosis = await withProgress(
    terminal.stderr,
    quiet !== true,
    async (onProgress) => await diagnose({ ...source, version: version(), signal: terminal.signal, onProgress }),
  );
  const report = doctorReport(diagnosis, source, version());
  const lines = json === true ? jsonLines(report) : doctorText(report, scanCommandFor(options));
  writeLines(terminal.stdout, lines);
  return exitCodeOfDoctor(report);
}

function exitCodeOfDoctor({ accounts, checks }: DoctorReport): number {
  if (accounts.ready === 0) return exitCodes.usage;
  const isSound = accounts.notReady === 0 && checks.every(({ status }) => status !== 'problem');
  return isSound ? exitCodes.ok : exitCodes.incomplete;
}
