import type { CoverageBook } from '../coverage.js';
import { dayPath, hour, startOfDay } from '../window.js';

/** What was delivered for an account and Region on a day, by hours: a bit for each. */
interface Delivered {
  readonly account: string;
  readonly region: string;
  readonly day: number;
  listed: number;
  answered: number;
}

const call = 'athena:StartQueryExecution';

/**
 * In which hours log files were delivered, and of which of them rows came. Of a partition that was never added, or whose
 * place is another one, Athena gives nothing, and no error:
 * https://docs.aws.amazon.com/athena/latest/ug/partitions.html
 */
export class Deliveries {
  private readonly days = new Map<string, Delivered>();

  /** A log file with records is in the bucket. */
  list(account: string, region: string, delivered: number): void {
    const its = this.of(account, region, delivered);
    its.listed |= bitOf(delivered);
  }

  /** A row of a log file came. */
  answer(account: string, region: string, delivered: number): void {
    const its = this.of(account, region, delivered);
    its.answered |= bitOf(delivered);
  }

  /**
   * Tells hours whose log files were listed, and of which no row came.
   *
   * @param name of the table, for people
   */
  tell(name: string, book: CoverageBook): void {
    for (const { account, region, day, listed, answered } of this.days.values()) {
      const missing = hoursIn(listed & ~answered);
      if (missing.length === 0) continue;
      const hours = missing.map((it) => String(it).padStart(2, '0')).join(', ');
      const message = `Table ${name} gives nothing of the log files of account ${account} in ${region} that were delivered on ${dayPath(day)} in hour ${hours}: it may have no partition of them, or look for it elsewhere. Add its partitions, or make the table again with trailproof activity athena-table.`;
      for (const it of missing) {
        const from = day + it * hour;
        book.undeliveredSpan(
          account,
          region,
          { from, to: from + hour },
          { call, resource: name, reason: 'not-collected', message },
        );
      }
    }
  }

  private of(account: string, region: string, delivered: number): Delivered {
    const day = startOfDay(delivered);
    const key = `${account}/${region}/${day}`;
    let its = this.days.get(key);
    if (its === undefined) {
      its = { account, region, day, listed: 0, answered: 0 };
      this.days.set(key, its);
    }
    return its;
  }
}

function bitOf(delivered: number): number {
  return 1 << ((delivered - startOfDay(delivered)) / hour);
}

function hoursIn(bits: number): readonly number[] {
  return Array.from({ length: 24 }, (_, index) => index).filter((it) => (bits & (1 << it)) !== 0);
}
