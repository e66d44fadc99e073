import { Readable } from 'node:stream';
import type { HttpHandlerOptions } from '@smithy/types';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import type { HttpHandler } from './http.js';
import { MalformedAnswer } from '../../normalize/index.js';
import type { AnswerForm } from './answer-form.js';
import { checkAnswer } from './check-answer.js';

/** What a call adds to the SDK's options; the SDK hands them through to the handler, once an attempt. */
export interface AttemptOptions extends HttpHandlerOptions {
  /** Waits for the rate limit, counts; throws when no further attempt may be made. */
  readonly beforeAttempt: () => Promise<void>;
  readonly form: AnswerForm;
  /** Told the body of the answer, which is AWS's. */
  readonly onBody?: (body: Uint8Array) => void;
}

/** No answer of the read APIs comes near this. */
const maxBodyBytes = 32 * 1024 * 1024;

/**
 * The handler that the SDK's clients see: it paces and counts each attempt, takes in the whole body and looks whether
 * it is AWS's, so that a cut, endless or foreign answer fails here, where it is retried, and never reads as an answer.
 */
export class MeteredHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(private readonly inner: Pick<HttpHandler, 'handle'>) {}

  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    if (!isAttempt(options)) throw new Error('An AWS client was used outside of the one way to call AWS.');
    await options.beforeAttempt();
    const { response } = await this.inner.handle(request, options);
    const body = await readBody(response);
    const { statusCode, reason, headers } = response;
    checkAnswer({ method: request.method, status: statusCode, headers, body }, options.form);
    options.onBody?.(body);
    const given = options.form.body.is === 'content' ? new WholeBody(body) : body;
    return {
      response: new HttpResponse({ statusCode, headers, body: given, ...(reason === undefined ? {} : { reason }) }),
    };
  }

  /** The handler is shared: a client that is done must not close it for the others. */
  destroy(): void {}

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

/** The SDK takes content as a stream. Who knows that it is here already takes it as it is, and spares two copies. */
export class WholeBody extends Readable {
  constructor(readonly whole: Uint8Array) {
    super();
  }

  override _read(): void {
    this.push(this.whole);
    this.push(null);
  }
}

function isAttempt(options: HttpHandlerOptions): options is AttemptOptions {
  return 'beforeAttempt' in options;
}

async function readBody(response: HttpResponse): Promise<Uint8Array> {
  const source: AsyncIterable<Buffer> = response.body;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBodyBytes) throw new MalformedAnswer(`The answer is longer than ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
