import type { Severity } from '../../model/results.js';
import type { SarifLevel } from './log.js';

interface SarifSeverity {
  readonly level: SarifLevel;
  readonly problem: 'error' | 'warning' | 'recommendation';
  /** GitHub: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low. None: no security alert. */
  readonly score?: string;
}

const table: Readonly<Record<Severity, SarifSeverity>> = {
  critical: { level: 'error', problem: 'error', score: '9.5' },
  high: { level: 'error', problem: 'error', score: '8.0' },
  medium: { level: 'warning', problem: 'warning', score: '5.5' },
  low: { level: 'note', problem: 'recommendation', score: '3.0' },
  informational: { level: 'note', problem: 'recommendation' },
};

export function sarifSeverity(severity: Severity): SarifSeverity {
  return table[severity];
}
