import type { Results } from '../../src/model/results.js';
import { uploadable } from '../../src/evaluate/index.js';
import { render } from '../../src/report/index.js';

export type AlertState = 'open' | 'fixed';

interface UploadedResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}

interface UploadedLog {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly { readonly properties: { readonly 'security-severity'?: string } }[];
      };
    };
    readonly results: readonly UploadedResult[];
  }[];
}

/**
 * GitHub code scanning as far as an alert's life goes: an alert is rule, path and hash of its first location; one that
 * is missing from an upload is fixed, and open again when it comes back. Of more than 5,000 results the most severe are
 * kept, and the others are missing.
 */
export class CodeScanning {
  private readonly alerts = new Map<string, AlertState>();
  /** How often an alert was opened or closed. */
  changes = 0;

  /** Uploads the SARIF report, as a workflow does: only where the results say that it may be. */
  upload(results: Results): boolean {
    if (!uploadable(results).sarifUploadable) return false;
    this.take(results);
    return true;
  }

  /** Takes the SARIF report in, whatever the results say of that. */
  take(results: Results): void {
    const log = JSON.parse([...render('sarif', results)].join('')) as UploadedLog;
    const present = new Set(log.runs.flatMap((run) => keptResults(run).map(identity)));
    for (const id of new Set([...this.alerts.keys(), ...present])) {
      const state = present.has(id) ? 'open' : 'fixed';
      if (this.alerts.get(id) !== state) this.changes += 1;
      this.alerts.set(id, state);
    }
  }

  /** `rule path` of the alerts in a state. */
  in(state: AlertState): string[] {
    return [...this.alerts].flatMap(([id, it]) => (it === state ? [id.replace(/ [^ ]*$/, '')] : [])).toSorted();
  }
}

/** The 5,000 of the highest security-severity. */
function keptResults({ tool, results }: UploadedLog['runs'][number]): readonly UploadedResult[] {
  const severity = ({ ruleIndex }: UploadedResult): number =>
    Number(tool.driver.rules[ruleIndex]?.properties['security-severity'] ?? 0);
  return results.toSorted((a, b) => severity(b) - severity(a)).slice(0, 5_000);
}

function identity(result: UploadedResult): string {
  const uri = result.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
  return `${result.ruleId} ${uri} ${result.partialFingerprints.primaryLocationLineHash}`;
}
