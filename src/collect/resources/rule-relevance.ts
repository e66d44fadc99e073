interface PlaceInPattern {
  readonly path: readonly string[];
  readonly values: readonly string[];
}

/** The kinds of events that come from CloudTrail. */
const ofCloudTrail: readonly PlaceInPattern[] = [
  {
    path: ['detail-type'],
    // https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudtrail.html
    values: [
      'AWS API Call via CloudTrail',
      'AWS Console Sign In via CloudTrail',
      'AWS Console Action via CloudTrail',
      'AWS Service Event via CloudTrail',
    ],
  },
];

/** Where an event pattern can tell that a rule has nothing to do with changes of trails, and what it would have there. */
const places: readonly PlaceInPattern[] = [
  { path: ['source'], values: ['aws.cloudtrail'] },
  { path: ['detail-type'], values: ['AWS API Call via CloudTrail'] },
  { path: ['detail', 'eventSource'], values: ['cloudtrail.amazonaws.com'] },
  { path: ['detail', 'eventName'], values: ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'] },
];

/**
 * Whether a rule may react to changes of trails: false only where its pattern lists nothing but other values, in the
 * place that tells. An account has rules by the hundred, and each that may react costs a call.
 */
export function mayReactToTrailChanges(pattern: string): boolean {
  return mayMatch(pattern, places);
}

/** Whether a rule may react to any event that CloudTrail records, as its pattern tells. */
export function mayReactToCloudTrail(pattern: string): boolean {
  return mayMatch(pattern, ofCloudTrail);
}

function mayMatch(pattern: string, told: readonly PlaceInPattern[]): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(pattern);
  } catch {
    // AWS took it: whoever judges it says what is wrong.
    return true;
  }
  return told.every(({ path, values }) => {
    const tests = path.reduce<unknown>((it, key) => (isObject(it) ? it[key] : undefined), parsed);
    if (!Array.isArray(tests) || tests.length === 0) return true;
    // Anything but a plain text is a test that may hold.
    return tests.some((it: unknown) => typeof it !== 'string' || values.includes(it));
  });
}

function isObject(it: unknown): it is Readonly<Record<string, unknown>> {
  return typeof it === 'object' && it !== null && !Array.isArray(it);
}
