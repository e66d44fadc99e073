// Draws docs/images/scan.svg: what `npm start` prints in a terminal, shortened. Part of npm run generate.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cell = { width: 7.8, height: 17 };
const margin = { left: 18, top: 46, bottom: 14 };

/** How the 16 colors of a terminal look here; text without one is light grey. */
const colors = { 31: '#ff7b72', 32: '#56d364', 33: '#e3b341', 36: '#76e3ea' };
const plain = '#e6edf3';
const faint = '#8b949e';

const lines = excerpt(report());
writeFileSync('docs/images/scan.svg', draw(lines));

/** The text report of the sample, with the colors that a terminal gets. */
function report() {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-screenshot-'));
  try {
    const args = ['scan', '--sample', '--format', 'text', '--fail-on', 'none', '--allow-incomplete'];
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '1' } };
    const { stdout, status, stderr } = spawnSync(process.execPath, [resolve('dist/cli/main.js'), ...args], options);
    if (status !== 0) throw new Error(`The sample could not be scanned: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The head, the first short finding of each severity, and the end. */
function excerpt(text) {
  const parts = text.trimEnd().split('\n\n');
  const findings = parts.findIndex((part) => plainText(part).startsWith('Findings'));
  const notRead = parts.findIndex((part) => plainText(part).startsWith('Not read'));
  const isShort = (part) => part.split('\n').length <= 9;
  const severity = (part) => /^\s*✖ (\w+)/.exec(plainText(part))?.[1];
  const groups = parts.slice(findings + 1, notRead).filter((part) => severity(part) !== undefined && isShort(part));
  const shown = groups.filter((part, at) => groups.findIndex((it) => severity(it) === severity(part)) === at);
  const chosen = [...parts.slice(0, findings + 1), ...shown, '  \u001b[2m…\u001b[0m', ...parts.slice(notRead)];
  return ['\u001b[2m$\u001b[0m npm start', '', ...chosen.join('\n\n').split('\n')];
}

function plainText(text) {
  return text.replaceAll(/\u001b\[[\d;]*m/g, '');
}

function draw(rows) {
  const columns = Math.max(...rows.map((row) => plainText(row).length));
  const width = Math.ceil(margin.left * 2 + columns * cell.width);
  const height = margin.top + rows.length * cell.height + margin.bottom;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The text report of trailproof scan on the sample organization">
<!-- Drawn by scripts/screenshot.mjs (npm run generate). Do not edit. -->
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="${plain}" xml:space="preserve">
${rows.map((row, at) => drawRow(row, margin.top + at * cell.height)).join('')}</g>
</svg>
`;
}

/** One text for each run of one look, at its own column and as wide as its letters: no font moves it. */
function drawRow(row, y) {
  let column = 0;
  let look = {};
  let drawn = '';
  for (const part of row.split(/(\u001b\[[\d;]*m)/)) {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) {
      for (const code of codes.split(';')) look = after(look, code);
      continue;
    }
    const text = part.trim();
    if (text !== '') {
      const x = margin.left + (column + part.length - part.trimStart().length) * cell.width;
      const length = text.length * cell.width;
      drawn += `<text x="${round(x)}" y="${y}" textLength="${round(length)}"${attributes(look)}>${escaped(text)}</text>\n`;
    }
    column += part.length;
  }
  return drawn;
}

function after(look, code) {
  if (code === '0') return {};
  if (code === '1') return { ...look, bold: true };
  if (code === '2') return { ...look, color: faint };
  if (colors[code] === undefined) throw new Error(`There is no picture of the terminal's code ${code}.`);
  return { ...look, color: colors[code] };
}

function attributes({ bold, color }) {
  return `${bold === true ? ' font-weight="bold"' : ''}${color === undefined ? '' : ` fill="${color}"`}`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value) {
  return Math.round(value * 10) / 10;
}
