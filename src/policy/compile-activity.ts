import type { ActivityForm, CompiledActivity, Quantity } from '../activity/index.js';
import {
  bool,
  compile,
  compileTemplate,
  duration,
  int,
  parseDuration,
  type Expression,
  type ExpressionDiagnostic,
  type Facts,
  type Template,
  type Type,
  type ViewFunction,
} from '../expression/index.js';
import { activityEnvironment, type ActivityName } from './activity-environment.js';
import { eventNameWarnings } from './event-names.js';
import type { Activity, PolicyDocument } from './schema/policy.js';
import type { Remark } from './yaml/source.js';
import type { Path } from './yaml/yaml-file.js';

/** Tells what is wrong with the text at a path; offsets are those of the text. */
export interface ActivityRemarks {
  /** Of an expression or a message. */
  from(path: Path, found: readonly ExpressionDiagnostic[]): void;
  /** Of a key or its whole value. */
  at(path: Path, remark: Remark): void;
}

const day = 86_400_000;

/** Checks what an activity policy asks; undefined where something is wrong, which is told. */
export function compileActivity(
  document: PolicyDocument,
  functions: readonly ViewFunction[],
  remarks: ActivityRemarks,
): CompiledActivity | undefined {
  const { activity } = document;
  return activity === undefined ? undefined : new ActivityCompiler(document, activity, functions, remarks).compile();
}

/** Each expression of an activity policy, with where it stands: `activity.never.where`. */
export function expressionsOfActivity({ form, except, incidentBy }: CompiledActivity): readonly ActivityPart[] {
  const key = form.kind;
  const parts: (ActivityPart | undefined)[] = [
    part(['activity', key, 'where'], form.where),
    ...('by' in form ? form.by.map((it, index) => part(['activity', key, 'by', index], it)) : []),
    'count' in form ? part(['activity', key, 'count'], form.count) : undefined,
    'distinct' in form ? part(['activity', key, 'distinct'], form.distinct) : undefined,
    'sum' in form ? part(['activity', key, 'sum'], form.sum) : undefined,
    'next' in form ? part(['activity', key, 'then'], form.next) : undefined,
    ...('same' in form ? form.same.map((it, index) => part(['activity', key, 'same', index], it)) : []),
    'within' in form ? part(['activity', key, 'within'], form.within) : undefined,
    'atLeast' in form ? part(['activity', key, 'at-least'], form.atLeast) : undefined,
    'every' in form ? part(['activity', key, 'every'], form.every) : undefined,
    ...('what' in form ? form.what.map((it, index) => part(['activity', key, 'what', index], it)) : []),
    'baseline' in form ? part(['activity', key, 'baseline'], form.baseline) : undefined,
    part(['activity', 'except'], except),
    ...incidentBy.map((it, index) => part(['incident', 'by', index], it)),
  ];
  return parts.filter((it) => it !== undefined);
}

export interface ActivityPart {
  readonly path: Path;
  readonly expression: Expression;
}

function part(path: Path, expression: Quantity | undefined): ActivityPart | undefined {
  return expression === undefined || typeof expression === 'number' ? undefined : { path, expression };
}

class ActivityCompiler {
  private isWrong = false;

  constructor(
    private readonly document: PolicyDocument,
    private readonly activity: Activity,
    private readonly functions: readonly ViewFunction[],
    private readonly remarks: ActivityRemarks,
  ) {}

  compile(): CompiledActivity | undefined {
    const forms = (['never', 'at-most', 'followed-by', 'happens', 'familiar'] as const).filter(
      (it) => this.activity[it] !== undefined,
    );
    if (forms.length !== 1) {
      const message = forms.length === 0 ? 'the activity asks nothing' : 'an activity asks just one thing';
      this.wrong(['activity'], {
        code: 'activity-form',
        message,
        help: 'write one of never, at-most, followed-by, happens, familiar',
      });
      return undefined;
    }
    const read = this.form();
    const { except } = this.activity;
    const path = ['activity', 'except'];
    const allowed = except === undefined ? undefined : this.expression(path, except, bool, read?.facts);
    if (read !== undefined) this.checkNames(read.form);
    if (allowed?.expression !== undefined) {
      this.remarks.from(path, eventNameWarnings(allowed.expression.root, read?.form.where.root));
    }
    const by = this.document.incident?.by;
    const incidentBy = by === undefined ? [] : this.list(['incident', 'by'], by, read?.facts);
    const { per } = this.document.incident ?? {};
    const incidentPer = per === undefined ? day : this.duration(['incident', 'per'], per);
    const message = this.message(read?.facts);
    if (this.isWrong || read === undefined || message === undefined || typeof incidentPer !== 'number')
      return undefined;
    return {
      form: read.form,
      ...(allowed?.expression === undefined ? {} : { except: allowed.expression }),
      incidentBy: by === undefined ? countedBy(read.form) : incidentBy,
      incidentPer,
      message,
    };
  }

  /** A slip in the name of an event makes a condition that never holds. */
  private checkNames(form: ActivityForm): void {
    this.remarks.from(['activity', form.kind, 'where'], eventNameWarnings(form.where.root));
    if (form.kind === 'followed-by') {
      this.remarks.from(['activity', form.kind, 'then'], eventNameWarnings(form.next.root));
    }
  }

  private form(): { readonly form: ActivityForm; readonly facts: Facts | undefined } | undefined {
    const { never, 'at-most': atMost, 'followed-by': followedBy, happens, familiar } = this.activity;
    if (never !== undefined) {
      const { expression: where, facts } = this.expression(['activity', 'never', 'where'], never.where, bool);
      return where === undefined ? undefined : { form: { kind: 'never', where }, facts };
    }
    if (atMost !== undefined) return this.atMost(atMost);
    if (followedBy !== undefined) return this.followedBy(followedBy);
    if (happens !== undefined) return this.happens(happens);
    return familiar === undefined ? undefined : this.familiar(familiar);
  }

  private atMost(document: NonNullable<Activity['at-most']>) {
    const path = ['activity', 'at-most'];
    const { expression: where, facts } = this.expression([...path, 'where'], document.where, bool);
    const by = this.list([...path, 'by'], document.by ?? [], facts);
    const count = this.count([...path, 'count'], document.count);
    const within = this.duration([...path, 'within'], document.within);
    const distinct =
      document.distinct === undefined
        ? undefined
        : this.expression([...path, 'distinct'], document.distinct, undefined, facts).expression;
    const sum =
      document.sum === undefined ? undefined : this.expression([...path, 'sum'], document.sum, int, facts).expression;
    if (document.sum !== undefined && document.distinct !== undefined) {
      const message = 'distinct counts values, and sum adds numbers up: there is one count';
      this.wrong([...path, 'sum'], { code: 'activity-form', message, help: 'remove one of them' });
    }
    if (where === undefined || count === undefined || within === undefined) return undefined;
    const counted = { ...(distinct === undefined ? {} : { distinct }), ...(sum === undefined ? {} : { sum }) };
    return { form: { kind: 'at-most' as const, where, by, count, within, ...counted }, facts };
  }

  private followedBy(document: NonNullable<Activity['followed-by']>) {
    const path = ['activity', 'followed-by'];
    const { expression: where, facts } = this.expression([...path, 'where'], document.where, bool);
    const { expression: next } = this.expression([...path, 'then'], document.then, bool);
    // Both events are asked, so that what one condition proves does not hold for both.
    const same = this.list([...path, 'same'], document.same ?? [], undefined);
    const within = this.duration([...path, 'within'], document.within);
    if (where === undefined || next === undefined || within === undefined) return undefined;
    return { form: { kind: 'followed-by' as const, where, next, same, within }, facts };
  }

  private happens(document: NonNullable<Activity['happens']>) {
    const path = ['activity', 'happens'];
    const { expression: where } = this.expression([...path, 'where'], document.where, bool);
    const atLeast = this.count([...path, 'at-least'], document['at-least'] ?? 1);
    const every = this.duration([...path, 'every'], document.every);
    if (this.document.incident !== undefined) {
      const message = 'what does not happen is one finding an account';
      this.wrong(['incident'], { code: 'activity-form', message, help: 'remove incident' });
    }
    if (where === undefined || atLeast === undefined || every === undefined) return undefined;
    return { form: { kind: 'happens' as const, where, atLeast, every }, facts: undefined };
  }

  private familiar(document: NonNullable<Activity['familiar']>) {
    const path = ['activity', 'familiar'];
    const { expression: where, facts } = this.expression([...path, 'where'], document.where, bool);
    const what = document.what.flatMap(
      (it, index) => this.expression([...path, 'what', index], it, undefined, facts).expression ?? [],
    );
    const baseline = this.duration([...path, 'baseline'], document.baseline);
    if (typeof baseline === 'number' && baseline < day) {
      const message = `'${document.baseline}' is less than a day`;
      this.wrong([...path, 'baseline'], { code: 'duration', message, help: 'write a day or more: 14d' });
    }
    if (where === undefined || baseline === undefined) return undefined;
    return { form: { kind: 'familiar' as const, where, what, baseline }, facts };
  }

  private list(path: Path, sources: readonly string[], facts: Facts | undefined): readonly Expression[] {
    return sources.flatMap((it, index) => {
      const { expression } = this.expression([...path, index], it, undefined, facts);
      if (expression?.type.kind === 'list') {
        this.wrong([...path, index], { code: 'types', message: 'a list cannot be a key', help: 'join it: ….join()' });
      }
      return expression ?? [];
    });
  }

  private count(path: Path, source: string | number): Quantity | undefined {
    if (typeof source === 'number') return source;
    return /^\d+$/.test(source) ? Number(source) : this.overParams(path, source, int);
  }

  private duration(path: Path, source: string): Quantity | undefined {
    const written = durationIn(source);
    if (written !== undefined && written <= 0) {
      this.wrong(path, {
        code: 'duration',
        message: `'${source}' is not a time span`,
        help: 'write it like 10m, 24h or 7d',
      });
      return undefined;
    }
    return written ?? this.overParams(path, source, duration);
  }

  private overParams(path: Path, source: string, type: Type): Expression | undefined {
    return this.expression(path, source, type, undefined, []).expression;
  }

  private expression(
    path: Path,
    source: string,
    type: Type | undefined,
    given?: Facts,
    names: readonly ActivityName[] = ['event'],
  ): { readonly expression?: Expression; readonly facts?: Facts } {
    const compiled = compile(
      source,
      activityEnvironment(this.document.params ?? {}, names, this.functions),
      type,
      given,
    );
    this.remarks.from(path, compiled.diagnostics);
    if (compiled.expression === undefined) this.isWrong = true;
    return compiled;
  }

  /** An absence has no event to speak of. */
  private message(facts: Facts | undefined): Template | undefined {
    const names: readonly ActivityName[] = this.activity.happens === undefined ? ['event', 'incident'] : ['incident'];
    const environment = activityEnvironment(this.document.params ?? {}, names, this.functions);
    const { template, diagnostics } = compileTemplate(this.document.message ?? '', environment, facts);
    this.remarks.from(['message'], diagnostics);
    if (template === undefined) this.isWrong = true;
    const mixed = (template?.parts ?? []).some((it) => typeof it !== 'string' && speaksOfBoth(it.reads));
    if (mixed) {
      const message = 'one ${…} uses both the event and the incident';
      this.wrong(['message'], { code: 'activity-form', message, help: 'write two of them' });
    }
    return template;
  }

  private wrong(path: Path, remark: Remark): void {
    this.isWrong = true;
    this.remarks.at(path, remark);
  }
}

/** What events of one incident share where nothing is said; none: each is one. */
function countedBy(form: ActivityForm): readonly Expression[] {
  if (form.kind === 'at-most') return form.by;
  return form.kind === 'familiar' ? form.what.filter(({ type }) => type.kind !== 'list') : [];
}

function speaksOfBoth(reads: readonly string[]): boolean {
  const ofIncident = reads.filter((it) => it.startsWith('Incident.'));
  return ofIncident.length > 0 && ofIncident.length < reads.length;
}

/** Milliseconds of a duration that is written out, days among them; undefined: it is an expression. */
function durationIn(text: string): number | undefined {
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  return days === undefined ? parseDuration(text) : Number(days) * day;
}
