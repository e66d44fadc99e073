import { MalformedAnswer } from '../../normalize/index.js';
import type { AnswerBody, AnswerForm } from './answer-form.js';

/** An answer as it came, with its whole body. */
export interface WholeAnswer {
  readonly method: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Something that AWS did not write, or that did not arrive as AWS wrote it. It may be gone with the next attempt, as a
 * proxy's error is, so the call is retried.
 */
class ForeignAnswer extends MalformedAnswer {
  /** The SDK's retry strategy goes by it. */
  readonly $retryable = {};
}

/**
 * Proves that an answer is AWS's and whole. Otherwise a proxy's error would be AWS's "there is none", and a portal's
 * sign-in page an empty configuration: the SDK takes any XML for the document that it expects.
 *
 * Each answer of AWS carries the id of the request. A success is 200, with the document of the operation; an error has
 * AWS's error document, but for HEAD, which has no body.
 *
 * @throws MalformedAnswer with what speaks against it; a ForeignAnswer where another attempt may go well
 */
export function checkAnswer(answer: WholeAnswer, form: AnswerForm): void {
  if (!requestIdHeaders.some((name) => isText(answer.headers[name]))) throw foreign(answer, "lacks AWS's request id");
  const isSuccess = answer.status < 300;
  if (answer.method === 'HEAD') {
    if (isSuccess && answer.status !== 200) throw foreign(answer, 'has another status than 200');
  } else if (isSuccess) {
    checkSuccess(answer, form.body);
  } else if (!isError(answer, form)) {
    throw foreign(answer, 'is not an error document of AWS');
  }
}

/** S3 has a header of its own; servers that imitate it may use that of the other services. */
const requestIdHeaders = ['x-amzn-requestid', 'x-amzn-request-id', 'x-amz-request-id'];

function checkSuccess(answer: WholeAnswer, body: AnswerBody): void {
  const isPart = answer.status === 206 && body.is === 'content';
  if (answer.status !== 200 && !isPart) throw foreign(answer, 'has another status than 200');
  switch (body.is) {
    case 'none':
    case 'content':
      return;
    case 'json':
      if (objectIn(answer.body) === undefined) throw foreign(answer, 'is not a JSON object');
      return;
    case 'xml': {
      const root = rootOf(answer.body);
      if (root === undefined) throw foreign(answer, 'is not a complete XML document');
      // Whole, and the answer to another question: it will not be another the next time.
      if (!body.roots.includes(root))
        throw new MalformedAnswer(messageOf(answer, `is <${root}>, not <${body.roots[0]}>`));
    }
  }
}

function isError({ headers, body }: WholeAnswer, { protocol }: AnswerForm): boolean {
  if (protocol !== 'json') return errorRoots.has(rootOf(body) ?? '');
  if (isText(headers['x-amzn-errortype'])) return true;
  const document = objectIn(body);
  return document !== undefined && [document['__type'], document['code']].some(isText);
}

/** EC2's is `Response`: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const errorRoots = new Set(['Error', 'ErrorResponse', 'Response']);

function isText(it: unknown): boolean {
  return typeof it === 'string' && it !== '';
}

/** The members of a JSON object; undefined where the body is none, or is not whole. */
function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(textOf(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The name of the root element of an XML document that is there from its beginning to its end. */
function rootOf(body: Uint8Array): string | undefined {
  const text = textOf(body).trim();
  const root = /^(?:<\?xml[^>]*\?>)?\s*<([A-Za-z]\w*)[\s/>]/.exec(text)?.[1];
  if (root === undefined) return undefined;
  return new RegExp(`(?:</${root}>|<${root}(?:\\s[^<>]*)?/>)$`).test(text) ? root : undefined;
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

function foreign(answer: WholeAnswer, why: string): ForeignAnswer {
  return new ForeignAnswer(messageOf(answer, why));
}

function messageOf({ status, headers, body }: WholeAnswer, why: string): string {
  const type = headers['content-type']?.split(';')[0];
  const what = body.length === 0 ? 'empty' : (type ?? 'of no type');
  return `The answer (HTTP ${status}, ${what}) ${why}: a proxy, portal or gateway may have answered for AWS.`;
}
