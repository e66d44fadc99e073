import { style } from './assets.js';
import { escaped } from './shared/markup.js';

/**
 * The beginning of a page up to its body, with our style in it. Nothing is loaded, sent or framed, and only the script
 * that is named by its hash runs, whatever stands in the data.
 */
export function pageHead(title: string, scriptHash?: string): string {
  const policy = [
    "default-src 'none'",
    `style-src '${style.hash}'`,
    ...(scriptHash === undefined ? [] : [`script-src '${scriptHash}'`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n',
    `<title>${escaped(title)}</title>\n<style>${style.text}</style>\n</head>\n<body>\n`,
  ].join('');
}
