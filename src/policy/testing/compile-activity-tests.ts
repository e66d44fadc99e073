import { parseDuration, parseTimestamp, suggestion } from '../../expression/index.js';
import type { CoverageCell, EventCoverage, EventRecord } from '../../model/log-events.js';
import type { Diagnostic } from '../diagnostic.js';
import type { ParameterValues } from '../parameters.js';
import type { ActivityTest, ActivityTestsDocument, EventsOf } from '../schema/activity-tests.js';
import type { PolicyDocument } from '../schema/policy.js';
import { at, type Remark } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import { fixtureRecords, withValue } from './event-fixtures.js';
import { readTestParams } from './test-params.js';

export interface CompiledActivityTest {
  readonly name: string;
  readonly line: number;
  readonly records: readonly EventRecord[];
  /** Milliseconds; `to` is outside. */
  readonly window: { readonly from: number; readonly to: number };
  readonly coverage: EventCoverage;
  /** What was there to be read before the window, as far back as is asked; undefined: nothing. */
  readonly before: (length: number) => EventCoverage | undefined;
  readonly params: ParameterValues;
  readonly expected: ActivityTest['expect'];
}

const defaultStart = Date.UTC(2026, 10, 20, 10);
const hour = 3_600_000;
const defaultWindow = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) };

/** Checks the tests of an activity policy; those with an error are left out, and the error is told. */
export function compileActivityTests(
  yaml: YamlFile,
  document: ActivityTestsDocument,
  policy: PolicyDocument,
): { readonly tests: readonly CompiledActivityTest[]; readonly diagnostics: readonly Diagnostic[] } {
  const compiler = new ActivityTestsCompiler(yaml, document, policy);
  return { tests: compiler.compile(), diagnostics: compiler.diagnostics };
}

class ActivityTestsCompiler {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly yaml: YamlFile,
    private readonly document: ActivityTestsDocument,
    private readonly policy: PolicyDocument,
  ) {}

  compile(): readonly CompiledActivityTest[] {
    const { file } = this.yaml.source;
    const fixtures = new Map(
      Object.entries(this.document.fixtures).map(([name, fixture]) => [
        name,
        fixtureRecords(fixture, ['fixtures', name], file, (path, remark, part) => this.report(path, remark, part)),
      ]),
    );
    this.checkNames([...fixtures.keys()]);
    return this.document.tests.flatMap((test, index) => this.compileTest(test, index, fixtures) ?? []);
  }

  private checkNames(fixtures: readonly string[]): void {
    const seen = new Set<string>();
    for (const [index, { name }] of this.document.tests.entries()) {
      if (seen.has(name)) {
        const message = `an earlier test has the name '${name}', too`;
        this.report(['tests', index, 'name'], { code: 'duplicate-id', message });
      }
      seen.add(name);
    }
    const used = new Set(this.document.tests.flatMap((it) => it.events.map(({ from }) => from)));
    if ([...used].some((name) => !fixtures.includes(name))) return;
    for (const name of fixtures.filter((it) => !used.has(it))) {
      const message = `no test uses the fixture '${name}'`;
      const help = 'name it in a test, or remove it';
      this.report(['fixtures', name], { severity: 'warning', code: 'unused', message, help }, 'key');
    }
  }

  private compileTest(
    test: ActivityTest,
    index: number,
    fixtures: ReadonlyMap<string, readonly EventRecord[] | undefined>,
  ): CompiledActivityTest | undefined {
    const path = ['tests', index];
    const before = this.diagnostics.length;
    const start = test.start === undefined ? defaultStart : this.time([...path, 'start'], test.start);
    const window = this.window(test, path);
    const numbering = { next: 1 };
    const records = test.events.flatMap((it, position) =>
      this.events(it, [...path, 'events', position], { start: start ?? defaultStart, fixtures, numbering }),
    );
    const params = readTestParams(test.params ?? {}, this.policy, [...path, 'params'], this.yaml, (...all) =>
      this.report(...all),
    );
    if (this.diagnostics.length > before) return undefined;
    const { line } = this.yaml.source.position(this.yaml.rangeOf([...path, 'name']).start);
    return {
      name: test.name,
      line,
      records,
      window,
      coverage: coverageOf(test, records, window),
      before: (length) => {
        const { baseline = new Date(Math.floor((window.from - length) / hour) * hour).toISOString() } =
          test.coverage ?? {};
        const from = Date.parse(baseline);
        return from < window.from ? coverageOf(test, records, { from, to: window.from }) : undefined;
      },
      params,
      expected: test.expect,
    };
  }

  private window({ window }: ActivityTest, path: Path): CompiledActivityTest['window'] {
    if (window === undefined) return defaultWindow;
    const from = this.time([...path, 'window', 'from'], window.from) ?? defaultWindow.from;
    const to = this.time([...path, 'window', 'to'], window.to) ?? defaultWindow.to;
    if (from >= to)
      this.report([...path, 'window'], { code: 'wrong-form', message: 'the window ends before it begins' });
    return { from, to };
  }

  private events(
    { from, at: when = '+0s', times = 1, every = '0s', set = {}, unset = [] }: EventsOf,
    path: Path,
    { start, fixtures, numbering }: EventsContext,
  ): readonly EventRecord[] {
    if (!fixtures.has(from)) {
      const help = suggestion(from, [...fixtures.keys()], 'fixtures');
      this.report([...path, 'from'], { code: 'unknown-fixture', message: `there is no fixture '${from}'`, help });
    }
    const first = this.moment([...path, 'at'], when, start);
    const apart = this.duration([...path, 'every'], every);
    const fixture = fixtures.get(from);
    if (fixture === undefined || first === undefined || apart === undefined) return [];
    return Array.from({ length: times }, (_, index) => index).flatMap((index) =>
      fixture.map((record) => {
        const number = numbering.next;
        numbering.next += 1;
        const eventTime = new Date(first + index * apart).toISOString().replace('.000Z', 'Z');
        let result: EventRecord = Object.assign({ eventID: `event-${number}`, eventTime }, record);
        for (const [place, value] of Object.entries(set)) result = withValue(result, place, numbered(value, number));
        for (const place of unset) result = withValue(result, place, undefined);
        return result;
      }),
    );
  }

  /** `+10m` from the start, or a time. */
  private moment(path: Path, text: string, start: number): number | undefined {
    const [, sign, length] = /^([+-])(.+)$/.exec(text) ?? [];
    if (length === undefined) return this.time(path, text);
    const milliseconds = this.duration(path, length);
    if (milliseconds === undefined) return undefined;
    return start + (sign === '-' ? -milliseconds : milliseconds);
  }

  private time(path: Path, text: string): number | undefined {
    const time = parseTimestamp(text);
    if (time === undefined) {
      const help = 'write it like +10m, or "2026-11-20T10:00:00Z"';
      this.report(path, { code: 'wrong-form', message: `'${text}' is not a time`, help });
    }
    return time;
  }

  private duration(path: Path, text: string): number | undefined {
    const days = /^(\d{1,6})d$/.exec(text)?.[1];
    const milliseconds = days === undefined ? parseDuration(text) : Number(days) * 24 * hour;
    if (milliseconds === undefined) {
      this.report(path, {
        code: 'duration',
        message: `'${text}' is not a duration`,
        help: 'write it like 30s, 10m or 2d',
      });
    }
    return milliseconds;
  }

  private report(path: Path, { severity, code, message, help }: Remark, part: 'key' | 'value' = 'value'): void {
    const range = part === 'key' ? this.yaml.keyRange(path) : this.yaml.rangeOf(path);
    this.diagnostics.push(at(this.yaml.source, range, { ...(severity && { severity }), code, message, help }));
  }
}

interface EventsContext {
  readonly start: number;
  readonly fixtures: ReadonlyMap<string, readonly EventRecord[] | undefined>;
  readonly numbering: { next: number };
}

/** `{n}` in a text is the number of the event. */
function numbered(value: unknown, number: number): unknown {
  return typeof value === 'string' ? value.replaceAll('{n}', String(number)) : value;
}

const defaultAccount = '111122223333';

function coverageOf(
  { coverage: { missing = [], unreadable = [], regions } = {} }: ActivityTest,
  records: readonly EventRecord[],
  { from, to }: CompiledActivityTest['window'],
): EventCoverage {
  const accounts = distinct(
    records.map((it) => it['recipientAccountId']),
    defaultAccount,
  );
  const seen =
    regions ??
    distinct(
      records.map((it) => it['awsRegion']),
      'us-east-1',
    );
  const hours: string[] = [];
  for (let time = Math.floor(from / hour) * hour; time < to; time += hour)
    hours.push(new Date(time).toISOString().slice(0, 13));
  const stateOf = (it: string): CoverageCell['state'] =>
    missing.includes(it) ? 'silent' : unreadable.includes(it) ? 'unreadable' : 'present';
  const cells = accounts.flatMap((account) =>
    seen.flatMap((region) => hours.map((it): CoverageCell => ({ account, region, hour: it, state: stateOf(it) }))),
  );
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), cells, gaps: [] };
}

function distinct(values: readonly unknown[], always: string): readonly string[] {
  const texts = values.filter((it) => typeof it === 'string');
  return [...new Set(always === 'us-east-1' || texts.length === 0 ? [always, ...texts] : texts)].toSorted();
}
