/** A table of log files, as the data catalog describes it. */
export interface AthenaTable {
  readonly columns: readonly AthenaColumn[];
  readonly partitionKeys: readonly AthenaColumn[];
  /** Properties of the table, `location` and those of partition projection among them. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface AthenaColumn {
  /** In small letters. */
  readonly name: string;
  /** `string`, `struct<type:string,…>` */
  readonly type: string;
}

/** A row of a result, column by column; undefined: NULL, or, from a file, an empty text. */
export type AthenaRow = readonly (string | undefined)[];

/** A query that came to its end. */
export interface AthenaResult {
  /**
   * Without the header.
   *
   * @throws Unreadable while reading, when it cannot be read to its end
   */
  readonly rows: AsyncIterable<AthenaRow>;
}

/** Amazon Athena, as far as events are read with it. */
export interface Athena {
  readonly table: AthenaTable;

  /**
   * Runs a query and waits for its end. When this is interrupted, or fails, the query is stopped.
   *
   * @throws UsageError when Athena does not take the query
   * @throws Unreadable when the query fails or is cancelled
   */
  run(sql: string): Promise<AthenaResult>;
}
