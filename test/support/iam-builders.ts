import type { DocumentKind, IamDocument, MalformedDocument } from '../../src/facts/iam/index.js';
import { parseIamDocument } from '../../src/facts/iam/index.js';

export type Statement = Readonly<Record<string, unknown>>;

/** Elements of a statement; `undefined` leaves a default out. */
export function anAllow(elements: Statement = {}): Statement {
  return { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*', ...elements };
}

export function aDeny(elements: Statement = {}): Statement {
  return { ...anAllow(), Effect: 'Deny', ...elements };
}

/** A document of a resource, in the current version of the language. */
export function aDocument(...statements: readonly Statement[]): IamDocument | MalformedDocument {
  return aDocumentOf('resource', statements);
}

export function aDocumentOf(kind: DocumentKind, statements: readonly Statement[]): IamDocument | MalformedDocument {
  return parseIamDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
}
