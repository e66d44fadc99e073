import type { Results } from '../../src/model/results.js';
import { uploadable } from '../../src/evaluate/index.js';
import { render } from '../../src/report/index.js';

export type AlertState = 'open' | 'fixed';

interface UploadedLog {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
      readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    }[];
  }[];
}

/**
 * GitHub code scanning as far as an alert's life goes: an alert is rule, path and hash of its first location; one that
 * is missing from an upload is fixed, and open again when it comes back.
 */
export class CodeScanning {
  private readonly alerts = new Map<string, AlertState>();
  /** How often an alert was opened or closed. */
  changes = 0;

  /** Uploads the SARIF report, as a workflow does: only where the results say that it may be. */
  upload(results: Results): boolean {
    if (!uploadable(results).sarifUploadable) return false;
    const log = JSON.parse([...render('sarif', results)].join('')) as UploadedLog;
    const present = new Set(log.runs.flatMap((run) => run.results.map(identity)));
    for (const id of new Set([...this.alerts.keys(), ...present])) {
      const state = present.has(id) ? 'open' : 'fixed';
      if (this.alerts.get(id) !== state) this.changes += 1;
      this.alerts.set(id, state);
    }
    return true;
  }

  /** `rule path` of the alerts in a state. */
  in(state: AlertState): string[] {
    return [...this.alerts].flatMap(([id, it]) => (it === state ? [id.replace(/ [^ ]*$/, '')] : [])).toSorted();
  }
}

function identity(result: UploadedLog['runs'][number]['results'][number]): string {
  const uri = result.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
  return `${result.ruleId} ${uri} ${result.partialFingerprints.primaryLocationLineHash}`;
}
