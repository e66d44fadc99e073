import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { UsageError } from '../model/errors.js';

/**
 * The certificates of a file in PEM, such as `AWS_CA_BUNDLE` names.
 *
 * @param source what names the file, for messages
 * @throws UsageError where the file cannot be read, or holds none
 */
export function certificatesIn(file: string, source: string): readonly string[] {
  const certificates = readPem(file, source).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  const broken = (certificates ?? []).findIndex((it) => !isCertificate(it));
  if (certificates === null || broken >= 0) {
    const what = certificates === null ? 'holds no certificate' : `has a broken certificate, number ${broken + 1}`;
    throw new UsageError(`${file}, which ${source} names, ${what}.`, 'It takes a file of certificates in PEM.');
  }
  return certificates;
}

function readPem(file: string, source: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new UsageError(`${file}, which ${source} names, cannot be read: ${error.message}`, undefined, {
      cause: error,
    });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
