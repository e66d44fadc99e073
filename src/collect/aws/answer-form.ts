/** How a service writes: JSON, XML named after the operation (Query, and EC2's own), or XML of its own (REST-XML). */
export type Protocol = 'json' | 'query' | 'ec2-query' | 'rest-xml';

/** What the body of an operation's answer is, where its protocol does not tell. */
export type AnswerBody =
  /** A JSON document. */
  | { readonly is: 'json' }
  /** An XML document with one of these root elements. */
  | { readonly is: 'xml'; readonly roots: readonly string[] }
  /** Content of any kind, which may come in part. */
  | { readonly is: 'content' }
  /** There is none: the headers answer. */
  | { readonly is: 'none' };

/** By what an answer of AWS is told from one that came from elsewhere: a proxy, a portal or a gateway on the way. */
export interface AnswerForm {
  readonly protocol: Protocol;
  readonly body: AnswerBody;
}

/** The form of an operation's answers. Query and EC2 name the root element after the operation; REST-XML does not. */
export function answerFormOf(name: string, protocol: Protocol, body: AnswerBody | undefined): AnswerForm {
  if (body !== undefined) return { protocol, body };
  if (protocol === 'json') return { protocol, body: { is: 'json' } };
  return { protocol, body: { is: 'xml', roots: protocol !== 'rest-xml' ? [`${name.split(':')[1]}Response`] : [] } };
}
