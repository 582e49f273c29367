// Builds the page template into the folder named by the first argument, `dist` unless told.
// The template carries its own content security policy: the hashes of exactly what was inlined.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const outDir = resolve(process.argv[2] ?? 'dist');
await build({ build: { outDir } });

const file = join(outDir, 'report.html');
const html = readFileSync(file, 'utf8');
const page = html.replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy(html)}">`);
refuseWhatAReaderCouldNotTrust(page);
writeFileSync(file, page);

function policy(text) {
  const scripts = inlined(text, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g);
  const styles = inlined(text, /<style[^>]*>([\s\S]*?)<\/style>/g);
  return `default-src 'none'; script-src ${scripts}; style-src ${styles}; font-src data:; base-uri 'none'; form-action 'none'`;
}

function inlined(text, element) {
  return [...text.matchAll(element)].map(match => sha256(match[1])).join(' ');
}

function sha256(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function refuseWhatAReaderCouldNotTrust(text) {
  const once = ['<!--title-->', '<!--summary-->', '<!--data-->', 'http-equiv="Content-Security-Policy"'];
  for (const part of once) {
    if (text.split(part).length !== 2) throw new Error(`The page must hold ${part} exactly once.`);
  }
  if (/(?:src|href)\s*=\s*["']?https?:|url\(["']?https?:/.test(text)) throw new Error('The page refers to the outside.');
}
