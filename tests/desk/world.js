// The real program, with the example in a folder of its own, and a browser beside it.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'artifacts/bin/Ballast.App/release/ballast.dll');
export const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => path && existsSync(path));

/** Why the browser's tests are left out; false where they are not. */
export const without = browserPath ? false : 'no Chromium is here: install it, or name it in CHROMIUM';

export const ballast = (...args) => execFileSync('dotnet', [program, ...args], { encoding: 'utf8' });

/** A child whose lines can be waited for. */
function child(command, args, ready) {
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  return new Promise((found, lost) => {
    const take = line => {
      lines.push(line);
      const answer = ready(line);
      if (answer) found({ kill: () => started.kill('SIGKILL'), lines, answer });
    };
    createInterface({ input: started.stdout }).on('line', take);
    createInterface({ input: started.stderr }).on('line', line => lines.push(line));
    started.on('exit', code => lost(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${lines.join('\n')}`)));
  });
}

/** The desk over a folder with the example, or with nothing. */
export async function open({ example = true, exchange = false } = {}) {
  const place = mkdtempSync(join(tmpdir(), 'ballast-desk-'));
  const [folder, data] = [join(place, 'my'), join(place, 'data')];
  if (example) { ballast('init', folder); ballast('init', folder, '--options'); }
  const server = exchange ? await child('node', [join(root, 'exchange/dist/src/main.js'), '--port', '0'], line => line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]) : null;
  const desk = await child('dotnet', [program, 'serve', '--folder', folder, '--data', data, '--port', '0', '--invite', 'anna:admin', ...(server ? ['--exchange', server.answer] : [])], line => line.match(/http:\S+token=\S+/)?.[0]);
  const browser = await chromium.launch({ executablePath: browserPath, args: flags });
  const base = new URL(desk.answer).origin;
  const complaints = [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  const page = await context.newPage();
  page.on('console', said => { if (['error', 'warning'].includes(said.type()) && !/status of 4\d\d/.test(said.text())) complaints.push(said.text()); });
  page.on('pageerror', fault => complaints.push(fault.message));
  page.on('dialog', dialog => { complaints.push(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
  await page.goto(desk.answer);
  const running = server ? [server] : [];
  return {
    folder, data, base, page, context, complaints,
    go: async path => { await page.goto(base + path); await page.locator('main h1').first().waitFor(); },
    exchange: async () => { const it = await child('node', [join(root, 'exchange/dist/src/main.js'), '--port', '0'], line => line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]); running.push(it); return it.answer; },
    run: async (...args) => { const it = await child('dotnet', [program, 'run', ...args, '--data', data], () => true); running.push(it); return it; },
    close: async () => { for (const it of running) it.kill(); await browser.close(); desk.kill(); rmSync(place, { recursive: true, force: true }); },
  };
}
