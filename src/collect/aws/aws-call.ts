import { setMaxListeners } from 'node:events';
import type { AnswerRecorder, AnswerReplay } from '../../model/kept-answers.js';
import { absent, known, type Absent, type Known, type KnownValue, type Unknown } from '../../model/known.js';
import { answerFormOf } from './answer-form.js';
import { classifyError, isExpiry, noCredentialsCode, type Failure } from './classify-error.js';
import type { Clock } from './clock.js';
import { Connections } from './connections.js';
import { Deadline } from './deadline.js';
import { EarlyAnswers, type EarlyAnswer } from './early-answers.js';
import { interrupted, notAsked, notKept, notSelected, timeoutFailure } from './failures.js';
import { EarlyLedger, idOf, type Asked, type Ledger } from './ledger.js';
import { MeteredHandler, type AttemptOptions } from './metered-handler.js';
import { operations, type InputOf, type OperationName, type OutputOf } from './operations/index.js';
import { saysAbsent, type Operation } from './service.js';
import { requestIdOf, requestIdOfSent, withoutValue, type Sent } from './sent.js';
import type { Session } from './session.js';
import type { HttpHandler } from './http.js';
import type { Pauses } from './scaled-backoff.js';
import { SilentEndpoints } from './silent-endpoints.js';

/** What was learned, and the evidence of it by call; `failure` is there when `it` is unknown. */
export interface Answer<T> {
  readonly it: Known<T>;
  readonly evidence: Readonly<Record<string, string>>;
  readonly failure?: Failure;
}

export interface Place {
  readonly region: string;
  /** The account that the answer is about, where it is not the one that is asked. */
  readonly accountId?: string;
  /** The ARN, name or id asked about, for evidence and gaps. */
  readonly resource?: string;
}

export interface CallSettings {
  readonly version: string;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly handler: HttpHandler;
  /** Of the AWS configuration; undefined: that of the environment. */
  readonly profile?: string | undefined;
  readonly signal: AbortSignal;
  readonly maxAttempts: number;
  readonly backoff: Pauses;
  /** Milliseconds after which a call is given up, retries and all. */
  readonly deadline: number;
  /** Pages after which a list is given up. */
  readonly maxPages: number;
  /** Pages in a row with nothing on them after which a list is given up. */
  readonly maxEmptyPages: number;
  /** The only calls to make; undefined: all. */
  readonly calls?: ReadonlySet<string> | undefined;
  /** What this run may do beside reading; undefined: nothing. */
  readonly optIn?: Operation<unknown, unknown>['optIn'];
  /** Keeps each answer as it came. */
  readonly recorder?: AnswerRecorder | undefined;
  /** Answers that were kept: they are read instead of AWS. */
  readonly replay?: AnswerReplay | undefined;
  /** Told of each request, for progress. */
  readonly onRequest: (call: string, waited: number) => void;
}

/** How an operation pages: where the token of the next page stands, and where it goes. */
export interface Pages<N extends OperationName, T> {
  readonly token: (output: OutputOf<N>) => string | undefined;
  readonly next: (token: string) => InputOf<N>;
  readonly items: (output: OutputOf<N>) => readonly T[];
  /** Empty pages in a row that are no sign of a list without an end, where they may be many. */
  readonly maxEmptyPages?: number;
}

/**
 * The one way to call AWS: paced, retried with back-off, counted, classified into known, absent or a gap, and
 * written down as evidence. Never throws for what AWS does; when the run is interrupted, what is left becomes gaps.
 */
export class Aws {
  private readonly endpoints: SilentEndpoints;
  private readonly connections: Connections;
  private readonly early: EarlyAnswers;

  /** @param before whose questions this one asks before their turn, and when that is over */
  constructor(
    readonly settings: CallSettings,
    private readonly before?: { readonly aws: Aws; readonly isOver: () => boolean },
  ) {
    this.connections = before?.aws.connections ?? new Connections(settings, new MeteredHandler(settings.handler));
    this.endpoints = before?.aws.endpoints ?? new SilentEndpoints(settings.clock, settings.deadline);
    this.early = before?.aws.early ?? new EarlyAnswers();
    // Each call under way listens to the run's signal, and takes its listener away: many are no leak.
    setMaxListeners(0, settings.signal);
  }

  /**
   * The same way to call AWS, for questions that this one will ask later: their answers wait for it. A call counts when
   * it is made; evidence and gaps are written down only when it is asked for.
   *
   * @param isOver from then on nothing is asked any more
   */
  inAdvance(isOver: () => boolean): Aws {
    const { settings } = this;
    return new Aws({ ...settings, ledger: new EarlyLedger(settings.ledger) }, { aws: this, isOver });
  }

  /** False for a call that the run was told to leave out. */
  isSelected(name: OperationName): boolean {
    const { calls } = this.settings;
    return calls === undefined || calls.has(name);
  }

  /**
   * Loads what these calls will need, one package after the other, while the run waits for something else. What cannot be
   * loaded fails the call that needs it, where it is told.
   */
  loadAhead(names: readonly OperationName[]): void {
    if (this.settings.replay !== undefined) return;
    const loadAll = async (): Promise<void> => {
      for (const name of names) if (this.isSelected(name)) await operations[name].load();
    };
    loadAll().catch(() => {});
  }

  /** The gap of a call that is left out: one for the whole run. */
  notSelected(name: OperationName): Unknown {
    const { ledger, clock } = this.settings;
    const place = { call: name, accountId: '*', region: 'global' };
    return ledger.addGap(place, { reason: 'not-collected', message: notSelected.message }, new Date(clock.now()));
  }

  /** Asks once; `normalize` turns the answer into the model, and throws MalformedAnswer where it cannot. */
  async ask<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Answer<T>> {
    const answer = await this.tryCall(session, name, input, place, normalize);
    return 'failure' in answer ? this.gap(session, name, place, answer.failure) : answer;
  }

  /** Asks once; a failure is not yet a gap, as there may be another way to know. */
  async tryCall<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Answer<T> | { readonly failure: Failure }> {
    const sent = await this.sendFresh(session, name, input, place, normalize);
    if (sent.state === 'failed') return { failure: sent.failure };
    const at = new Date(sent.at);
    const evidence = { [name]: this.settings.ledger.addEvidence(asked(session, name, place), at, sent.requestId) };
    return { it: sent.state === 'absent' ? absent : known(sent.value), evidence };
  }

  /**
   * Asks once, for one of the many objects that a run reads. It is evidence only where the place names a resource:
   * of millions of objects, that would take more memory than all else.
   */
  async read<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<{ readonly it: KnownValue<T> | Absent } | { readonly failure: Failure }> {
    const sent = await this.sendFresh(session, name, input, place, normalize);
    if (sent.state === 'failed') return { failure: sent.failure };
    if (place.resource !== undefined) {
      const at = new Date(sent.at);
      this.settings.ledger.addEvidence(asked(session, name, place), at, sent.requestId);
    }
    return { it: sent.state === 'absent' ? absent : known(sent.value) };
  }

  /** Writes down what could not be known. */
  gap(session: Session, name: OperationName, place: Place, failure: Failure): Answer<never> {
    if (!this.isSelected(name)) return { it: this.notSelected(name), evidence: {}, failure };
    const at = new Date(failure.at ?? this.settings.clock.now());
    return { it: this.settings.ledger.addGap(asked(session, name, place), failure, at), evidence: {}, failure };
  }

  /**
   * Reads page after page; each yields what it holds. A page that cannot be had, a token that comes again and a long row
   * of empty pages end it with an unknown: what was read until then is known, the rest is not. A few empty pages in a row
   * are normal with Organizations.
   */
  async *pages<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    pages: Pages<N, T>,
  ): AsyncGenerator<Answer<readonly T[]>, void, undefined> {
    const seen = new Set<string>();
    let token: string | undefined;
    let next = input;
    let empty = 0;
    do {
      const answer: Answer<{ items: readonly T[]; token: string | undefined }> = await this.ask(
        session,
        name,
        next,
        place,
        (output) => ({ items: pages.items(output), token: pages.token(output) }),
      );
      if (answer.it.state !== 'known') {
        yield { ...answer, it: answer.it };
        return;
      }
      yield { it: known(answer.it.value.items), evidence: answer.evidence };
      token = answer.it.value.token;
      if (token === undefined || token === '') return;
      empty = answer.it.value.items.length === 0 ? empty + 1 : 0;
      const why = this.whyEndless(name, seen, token, empty, pages.maxEmptyPages);
      if (why !== undefined) {
        yield this.endless(session, name, place, why);
        return;
      }
      seen.add(token);
      next = pages.next(token);
    } while (token !== undefined);
  }

  /** All pages as one answer: unknown when one of them is; `partial` holds what was read all the same. */
  async askAll<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    pages: Pages<N, T>,
  ): Promise<Answer<readonly T[]> & { readonly partial: readonly T[] }> {
    const items: T[] = [];
    let evidence: Readonly<Record<string, string>> = {};
    for await (const page of this.pages(session, name, input, place, pages)) {
      if (page.it.state !== 'known') return { ...page, partial: items };
      items.push(...page.it.value);
      evidence = page.evidence;
    }
    return { it: known(items), evidence, partial: items };
  }

  private whyEndless(
    name: string,
    seen: ReadonlySet<string>,
    token: string,
    empty: number,
    maxEmptyPages = this.settings.maxEmptyPages,
  ): string | undefined {
    const { maxPages } = this.settings;
    if (seen.has(token)) return `${name} gave the same page token twice, so its list cannot be read to the end.`;
    if (seen.size >= maxPages) return `${name} gave more than ${maxPages} pages, so its list was not read to the end.`;
    if (empty < maxEmptyPages) return undefined;
    return `${name} gave ${empty} empty pages in a row, so its list was not read to the end.`;
  }

  private endless<T>(session: Session, name: OperationName, place: Place, message: string): Answer<T> {
    const failure: Failure = { reason: 'error', message, code: 'EndlessPages', expired: false, regionDenied: false };
    return this.gap(session, name, place, failure);
  }

  /** Sends, once more with new credentials where they have expired. */
  private async sendFresh<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Sent<T>> {
    if (!this.isSelected(name)) return { state: 'failed', failure: notSelected };
    const question = { call: name, accountId: session.accountId, region: place.region, input };
    if (this.before === undefined) {
      const early = this.early.take(question);
      if (early !== undefined) return this.taken(session, name, place.region, await early, normalize);
      return await this.sendNow(session, name, input, place, normalize);
    }
    if (this.before.isOver()) return { state: 'failed', failure: interrupted };
    let output: unknown;
    const sending = this.sendNow(session, name, input, place, (it) => {
      output = it;
      return normalize(it);
    });
    this.early.add(
      question,
      sending.then((sent) => ({ sent, output })),
    );
    return await sending;
  }

  /** The answer to a call that was made before its turn, read as one of now. */
  private taken<N extends OperationName, T>(
    session: Session,
    name: N,
    region: string,
    { sent, output }: EarlyAnswer,
    normalize: (output: OutputOf<N>) => T,
  ): Sent<T> {
    if (sent.state !== 'known') return sent;
    try {
      // It is what this operation gave to the same question.
      return { ...sent, value: normalize(output as OutputOf<N>) };
    } catch (error) {
      return this.failed(session, operations[name], region, { ...classifyError(error), at: sent.at });
    }
  }

  private async sendNow<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Sent<T>> {
    const { generation } = session;
    const sent = await this.send(session, name, input, place, normalize);
    if (sent.state !== 'failed' || !sent.failure.expired || !session.renew(generation))
      return endedBy(session, name, sent);
    return endedBy(session, name, await this.send(session, name, input, place, normalize));
  }

  private async send<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    place: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Sent<T>> {
    const { recorder, replay } = this.settings;
    if (replay !== undefined) return this.sendAgain(replay, session, name, input, place, normalize);
    if (recorder === undefined) return await this.sendToAws(session, name, input, place.region, normalize);
    let output: OutputOf<N> | undefined;
    const sent = await this.sendToAws(session, name, input, place.region, (it) => {
      output = it;
      return normalize(it);
    });
    // What an interrupted run asked at its end is not known, and proves nothing.
    if (!this.settings.signal.aborted) {
      const about = asked(session, name, place);
      recorder.add({
        call: name,
        askedAs: session.accountId,
        region: place.region,
        about: about.accountId,
        ...(place.resource === undefined ? {} : { resource: place.resource }),
        id: sent.state === 'failed' ? idOf(about, sent.failure.reason) : idOf(about),
        input,
        at: new Date(sent.state === 'failed' ? this.settings.clock.now() : sent.at).toISOString(),
        ...requestIdOfSent(sent, output),
        answer: output === undefined ? withoutValue(sent) : { is: 'answered', output },
      });
    }
    return sent;
  }

  /** What was answered when the answers were kept, taken for an answer of now. */
  private sendAgain<N extends OperationName, T>(
    replay: AnswerReplay,
    session: Session,
    name: N,
    input: InputOf<N>,
    { region }: Place,
    normalize: (output: OutputOf<N>) => T,
  ): Sent<T> {
    const kept = replay.take({ call: name, askedAs: session.accountId, region, input });
    if (kept === undefined) return { state: 'failed', failure: notKept(name) };
    const { answer, requestId } = kept;
    const at = Date.parse(kept.at);
    // The table's entry for `name` takes and gives just the types that InputOf and OutputOf read off it.
    const operation = operations[name] as unknown as Operation<InputOf<N>, OutputOf<N>>;
    if (answer.is === 'absent') return { state: 'absent', requestId, at };
    if (answer.is === 'failed') return this.failed(session, operation, region, { ...answer.failure, at });
    try {
      // It is what this operation gave when it was kept.
      return { state: 'known', value: normalize(answer.output as OutputOf<N>), requestId, at };
    } catch (error) {
      return this.failed(session, operation, region, { ...classifyError(error), at });
    }
  }

  private async sendToAws<N extends OperationName, T>(
    session: Session,
    name: N,
    input: InputOf<N>,
    region: string,
    normalize: (output: OutputOf<N>) => T,
  ): Promise<Sent<T>> {
    // The table's entry for `name` takes and gives just the types that InputOf and OutputOf read off it.
    const operation = operations[name] as unknown as Operation<InputOf<N>, OutputOf<N>>;
    if (this.settings.signal.aborted) return { state: 'failed', failure: interrupted };
    const { service, optIn } = operation;
    if (optIn !== undefined && optIn !== this.settings.optIn) throw new Error(`${name} was not chosen for this run.`);
    const refusal = session.refusal(service, region) ?? this.endpoints.refusal(service, region);
    if (refusal !== undefined) return { state: 'failed', failure: notAsked(refusal) };
    const patience = session.patience(this.settings.deadline);
    const deadline = new Deadline(this.settings.signal, patience);
    try {
      const options = this.options(session, name, operation, region, deadline.signal);
      const connection = await this.connections.to(session, operation, region, deadline.signal);
      const output = await operation.send(connection, input, options);
      this.endpoints.answered(service, region);
      const value = normalize(output);
      session.succeeded(service);
      return { state: 'known', value, requestId: requestIdOf(output), at: this.settings.clock.now() };
    } catch (error) {
      if (this.settings.signal.aborted) return { state: 'failed', failure: interrupted };
      if (deadline.isOver)
        return this.failed(session, operation, region, this.notAnswered(name, operation, region, patience));
      this.endpoints.answered(service, region);
      const failure = classifyError(error);
      if (saysAbsent(operation.absentWhen, failure)) {
        session.succeeded(service);
        return { state: 'absent', requestId: requestIdOf(error), at: this.settings.clock.now() };
      }
      return this.failed(session, operation, region, failure);
    } finally {
      deadline.clear();
    }
  }

  private notAnswered(
    name: OperationName,
    { service }: Pick<Operation<never, unknown>, 'service'>,
    region: string,
    patience: number,
  ): Failure {
    const failure = timeoutFailure(name, patience);
    this.endpoints.notAnswered(service, region, failure);
    return failure;
  }

  private failed(
    session: Session,
    { service, body }: Pick<Operation<never, unknown>, 'service' | 'body'>,
    region: string,
    failure: Failure,
  ): Sent<never> {
    if (failure.reason === 'access-denied') this.settings.ledger.countDenial();
    // An object that S3 answers with a fault, as one in an archive, says nothing of the next one.
    if (body?.is !== 'content' || failure.isAboutRequest !== true) session.learn(service, region, failure);
    return { state: 'failed', failure };
  }

  private options(
    session: Session,
    name: OperationName,
    operation: Pick<Operation<never, unknown>, 'quota' | 'protocol' | 'body'>,
    region: string,
    signal: AbortSignal,
  ): AttemptOptions {
    const { clock, ledger, onRequest } = this.settings;
    const limit = session.limit(region, operation.quota);
    return {
      abortSignal: signal,
      form: answerFormOf(name, operation.protocol, operation.body),
      beforeAttempt: async () => {
        const wait = limit.reserve();
        onRequest(name, wait);
        if (wait > 0) await clock.sleep(wait, signal);
        ledger.countRequest(name);
      },
    };
  }
}

function asked(session: Session, call: string, place: Place): Asked {
  return { ...place, call, accountId: place.accountId ?? session.accountId };
}

/**
 * Credentials that STS calls expired, and that cannot be renewed, are no good for any other call. What another service
 * says of them is about its call alone.
 */
function endedBy<T>(session: Session, name: OperationName, sent: Sent<T>): Sent<T> {
  if (sent.state !== 'failed') return sent;
  const { code } = sent.failure;
  if (code === noCredentialsCode || (name === 'sts:AssumeRole' && isExpiry(code))) session.end(sent.failure);
  return sent;
}
