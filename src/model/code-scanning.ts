/**
 * What GitHub code scanning takes of one SARIF file.
 * Source: docs.github.com, "SARIF support for code scanning", limits, and "SARIF results exceed one or more limits".
 */
export const codeScanningLimits = {
  /** Results of a run; a file with more is refused whole. */
  results: 25_000,
  /** Of these, only the most severe are kept: the others are as good as missing, so that their alerts close. */
  keptResults: 5_000,
  /** Of the gzipped file, "10 MB" in GitHub's words. */
  gzippedBytes: 10_000_000,
} as const;
