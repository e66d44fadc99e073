/**
 * Text within an XML element. What XML 1.0 cannot hold at all becomes U+FFFD; other invisible characters become
 * references, which mean the same and are safe to `cat` to a terminal, and so does what a runner would obey in the log of a
 * job. Line breaks and tabs stay.
 */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('##[', '&#35;#[')
    .replaceAll(/^(\s*):(?=:)/gm, '$1&#58;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (it) => `&#x${(it.codePointAt(0) ?? 0).toString(16)};`);
}

/** The value of an attribute, in quotes: on one line. */
export function xmlAttribute(text: string): string {
  return `"${xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xa;').replaceAll('\t', '&#x9;')}"`;
}
