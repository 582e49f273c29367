// Builds the page template of the report and the desk's page into the folder named by the first argument, `dist` unless told.
// The template carries its own content security policy: the hashes of exactly what was inlined.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const { output } = await build({ build: { write: false } });
const html = output.find(file => file.fileName === 'report.html').source;
const page = html.replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy(html)}">`);
refuseWhatAReaderCouldNotTrust(page, output);

const folder = resolve(process.argv[2] ?? 'dist');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'desk.html'), readFileSync('desk.html'));
for (const file of await desk()) writeFileSync(join(folder, file.fileName), file.code ?? file.source);
writeFileSync(join(folder, 'report.html'), page);

// One script and one style, fetched from the desk itself: its policy allows nothing that stands in the page.
async function desk() {
  const { output } = await build({
    configFile: false, logLevel: 'warn', oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'es2023', modulePreload: false, rollupOptions: { input: 'app/main.ts', output: { entryFileNames: 'desk.js', assetFileNames: 'desk[extname]' } } },
  });
  const names = output.map(file => file.fileName).sort().join(' ');
  if (names !== 'desk.css desk.js') throw new Error(`The desk should be one script and one style; there are: ${names}.`);
  return output;
}

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

function refuseWhatAReaderCouldNotTrust(text, files) {
  if (files.length !== 1) throw new Error(`The page should be one file; left over: ${files.map(file => file.fileName).join(', ')}.`);
  const once = ['<!--title-->', '<!--summary-->', '<!--data-->', 'http-equiv="Content-Security-Policy"'];
  for (const part of once) {
    if (text.split(part).length !== 2) throw new Error(`The page must hold ${part} exactly once.`);
  }
  if (/(?:src|href)\s*=\s*["']?https?:|url\(["']?https?:/.test(text)) throw new Error('The page refers to the outside.');
}
