// Every page of the desk in a real browser: its policy holds, nobody is kept out, nothing runs that should not.
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { open, root, without } from './world.js';

const axe = readFileSync(join(root, 'tests/desk/node_modules/axe-core/axe.min.js'), 'utf8');
const evil = '<img src=x onerror=alert(1)></script><b>';
const pages = ['/', '/portfolios/core', '/portfolios/core/file', '/portfolios/vol-book/book', '/lab', '/journal', '/safety', '/start'];
let world;

before(async () => { if (!without) world = await open(); });
after(async () => { await world?.close(); });

test('each page, in dark and light, wide and on a phone, is open to everybody and fits', { skip: without, timeout: 120_000 }, async () => {
  const found = [];
  const auditor = await world.context.browser().newContext({ bypassCSP: true, storageState: await world.context.storageState() });
  const page = await auditor.newPage();
  for (const [width, height, colorScheme] of [[1440, 900, 'dark'], [390, 844, 'light'], [390, 844, 'dark'], [1440, 900, 'light']]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of pages) {
      await page.goto(world.base + path);
      await page.locator('main h1').first().waitFor();
      await page.waitForTimeout(400);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      for (const v of violations.filter(v => ['serious', 'critical'].includes(v.impact))) found.push(`${path} ${width} ${colorScheme}: ${v.id}: ${v.nodes.slice(0, 2).map(n => n.html.slice(0, 120)).join(' | ')}`);
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (beside > 0) found.push(`${path} ${width}: ${beside} pixels stick out`);
    }
  }
  await auditor.close();
  assert.deepEqual(found, []);
});

test('no page breaks its own policy or complains', { skip: without, timeout: 60_000 }, async () => {
  for (const path of pages) {
    await world.go(path);
    await world.page.waitForTimeout(300);
  }
  assert.deepEqual(world.complaints, []);
});

test('text of files stays text', { skip: without, timeout: 60_000 }, async () => {
  writeFileSync(join(world.folder, 'evil.yaml'), `version: 1\nname: "${evil}"\nbase: USDT\ntargets:\n  weights: { BTC: ${evil} }\n`);
  writeFileSync(join(world.folder, 'odd.yaml'), 'version: 1\nname: odd\nbase: USDT\ntargets:\n  weights: { BTC: 50%, USDT: 50% }\n');
  writeFileSync(join(world.folder, 'odd.holdings.csv'), `asset,quantity\n${evil},1\n\u202eCTB,2\n`);
  for (const path of ['/', '/portfolios/evil', '/portfolios/evil/file', '/portfolios/odd', '/safety', `/portfolios/${encodeURIComponent(evil)}`, `/journal?portfolio=${encodeURIComponent(evil)}`]) {
    await world.page.goto(world.base + path);
    await world.page.waitForTimeout(500);
    assert.equal(await world.page.locator('img, main b b').count(), 0, path);
  }
  assert.match(await world.page.locator('body').innerText(), /Ballast/);
  assert.deepEqual(world.complaints, []);
});

test('the keys lead everywhere, and focus stays where it is', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/');
  for (const [key, heading] of [['s', /Safety/], ['j', /Journal|story|record/i], ['l', /Lab/], ['b', /book/i], ['t', /Nothing|Start|Bring|five/i], ['o', /need|quiet|Nothing/i]]) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForTimeout(500);
    assert.match(await page.locator('main').innerText(), heading, `g ${key}`);
  }
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await world.go('/portfolios/core');
  const field = page.locator('main input[inputmode]').last();
  await field.focus();
  const before = await page.evaluate(() => document.activeElement.id);
  writeFileSync(join(world.folder, 'holdings.csv'), readFileSync(join(world.folder, 'holdings.csv'), 'utf8').replace('0.94', '0.93'));
  await page.getByText('0.930000').first().waitFor({ timeout: 10_000 });
  assert.equal(await page.evaluate(() => document.activeElement.id), before);
});

test('an edited trade shows what becomes of cost and drift, and changes nothing', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/portfolios/core');
  await page.getByText('Not traded: 1').waitFor();
  const sale = page.locator('tr', { hasText: 'Sell' }).filter({ hasText: 'BTC' }).locator('input');
  const cost = () => page.locator('tr', { hasText: 'Expected cost' }).innerText();
  const first = await cost();
  await sale.fill('0.05');
  await page.waitForFunction(old => ![...document.querySelectorAll('tr')].some(row => row.innerText === old), first, { timeout: 5_000 });
  assert.notEqual(await cost(), first);
});

test('a portfolio file is checked as one types, and saved when it is whole', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/portfolios/core/file');
  const text = page.locator('#file-text');
  const whole = await text.inputValue();
  await text.fill(whole.replace('drift: 5%', 'drift: 500%%'));
  await page.getByText(/1 fault/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
  await page.keyboard.press('F8');
  assert.match(await page.locator('.here').innerText(), /line \d+ ◆/);
  await text.fill(whole.replace('drift: 5%', 'drift: 6%'));
  await page.getByText('In words').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText(/^Saved\. Nothing is traded/).waitFor();
  assert.match(readFileSync(join(world.folder, 'core.yaml'), 'utf8'), /drift: 6%/);
});

test('the whole script weighs less than sixty kilobytes', { skip: without }, () => {
  const built = join(root, 'artifacts/obj/desk/desk.js');
  assert.ok(gzipSync(readFileSync(built)).length < 60_000, `${statSync(built).size} bytes`);
});
