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
      assert.doesNotMatch(await page.locator('main').innerText(), /^(Signed out|No answer|Not found)/, path);
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

test('text of files is shown as text', { skip: without, timeout: 60_000 }, async () => {
  const policy = (name, weight) => `version: 1\nname: "${name}"\nbase: USDT\ntargets:\n  weights: { BTC: ${weight}, USDT: 50% }\nrebalance:\n  when:\n    - drift: 2%\n`;
  writeFileSync(join(world.folder, 'named.yaml'), policy(evil, '50%'));
  writeFileSync(join(world.folder, 'wrong.yaml'), policy('wrong', evil));
  const shows = { '/': true, '/portfolios/named': true, '/portfolios/named/file': true, '/portfolios/wrong': true, '/portfolios/wrong/file': true, '/safety': true, '/journal': false, [`/portfolios/${encodeURIComponent(evil)}`]: false, [`/journal?portfolio=${encodeURIComponent(evil)}`]: false };
  for (const [path, shown] of Object.entries(shows)) {
    await world.page.goto(world.base + path);
    await world.page.locator('main > *').first().waitFor();
    await world.page.waitForTimeout(500);
    const read = await world.page.locator('main').evaluate(main => [main.innerText, ...[...main.querySelectorAll('textarea, input')].map(field => field.value)].join('\n'));
    if (shown) assert.ok(read.includes('<img src=x'), `${path} does not show it:\n${read}`);
    assert.equal(await world.page.locator('img, main script, main b b').count(), 0, path);
  }
  assert.deepEqual(world.complaints, []);
});

test('what would run from text is refused, and a complaint is heard', { skip: without, timeout: 30_000 }, async () => {
  const page = await world.context.newPage();
  const heard = [];
  page.on('console', said => { if (said.type() === 'error') heard.push(said.text()); });
  await page.goto(world.base + '/safety');
  const tries = await page.evaluate(html => [d => { d.innerHTML = html; }, d => d.setAttribute('onerror', 'alert(1)')].map(act => {
    try { act(document.createElement('img')); return 'ran'; } catch (fault) { return fault.name; }
  }), evil);
  assert.deepEqual(tries, ['TypeError', 'TypeError']);
  await page.waitForTimeout(300);
  assert.match(heard.join('\n'), /TrustedHTML[\s\S]*TrustedScript/);
  await page.close();
});

test('the keys lead everywhere, and focus stays where it is', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/');
  for (const [key, path, heading] of [['s', '/safety', /^Safety/], ['j', '/journal', /^Journal/], ['l', '/lab', /^Lab/], ['b', '/book', /book/i], ['t', '/start', /^Start/], ['o', '/', /needs? you/]]) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.locator('main h1').filter({ hasText: heading }).first().waitFor({ timeout: 10_000 });
    assert.equal(new URL(page.url()).pathname, path, `g ${key}`);
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
  await page.getByRole('heading', { name: /^As it is: 9 trades/ }).waitFor();
  await text.fill(whole.replace('drift: 5%', 'drift: 500%%'));
  await page.getByText(/1 fault/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
  await page.keyboard.press('F8');
  assert.match(await page.locator('.here').innerText(), /line \d+ ◆/);
  await text.fill(whole.replace('drift: 5%', 'drift: 6%'));
  await page.getByText('In words').waitFor();
  await page.getByRole('heading', { name: 'If saved now: no trade' }).waitFor();
  assert.match(readFileSync(join(world.folder, 'core.yaml'), 'utf8'), /drift: 5%/);
  await page.keyboard.press('Control+s');
  await page.getByText(/^Saved\. A running loop takes/).waitFor();
  assert.match(readFileSync(join(world.folder, 'core.yaml'), 'utf8'), /drift: 6%/);
});

test('a list of any tracker is dropped, read by guess, put right, and written', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/start');
  const list = 'Wallet;Coin;Total;Worth\nLedger;Bitcoin (BTC);0,5;48.000,5\nKraken;XETH;2;6.000\nKraken;???;1;1\nKraken;DUST;0;0\n';
  await page.evaluate(text => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'tracker.csv', { type: 'text/csv' }));
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, list);
  await page.getByText('Read 4 rows between semicolons, with a decimal comma: 2 holdings.').waitFor();
  assert.deepEqual(await page.locator('#column-asset, #column-quantity, #column-value').evaluateAll(all => all.map(s => s.selectedOptions[0].text)), ['Coin', 'Total', 'Worth']);
  assert.match(await page.locator('#left-rows').innerText(), /Line 4: `\?\?\?` is no code of an asset/);
  await page.getByText('XETH is read as ETH').waitFor();
  await page.locator('#column-value').selectOption('none');
  await page.getByText('Prices are missing').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Write the portfolio' }).isDisabled());
  await page.locator('#column-value').selectOption('Worth');
  await page.getByText('As it was read').or(page.getByRole('table', { name: 'As it was read' })).first().waitFor();
  await page.locator('#import-name').fill('tracked');
  await page.locator('#import-name').press('Tab');
  await page.getByRole('button', { name: 'Write the portfolio' }).click();
  await page.waitForURL(/portfolios\/tracked/);
  await page.getByText('54 000.50 USDT').first().waitFor();
  assert.match(readFileSync(join(world.folder, 'tracked.holdings.csv'), 'utf8'), /^asset,quantity,account\nETH,2,Kraken\nBTC,0\.5,Ledger\n$/);
});

test('the legs of a hedge are moved by keys, and an order that breaks the limit is said', { skip: without, timeout: 60_000 }, async () => {
  const policy = readFileSync(join(world.folder, 'vol-book.yaml'), 'utf8');
  writeFileSync(join(world.folder, 'vega.yaml'), policy.replace('name: vol-book', 'name: vega').replace('-1500 USD..1500 USD', '500 USD..600 USD'));
  writeFileSync(join(world.folder, 'near.yaml'), policy.replace('name: vol-book', 'name: near').replace('aim: 40%, act: 60%, stop: 80%', 'aim: 8%, act: 10%, stop: 12%'));
  const { page } = world;
  await world.go('/portfolios/vega/book');
  const hedge = page.locator('section.hedge');
  await hedge.locator('.grip').nth(3).waitFor();
  await hedge.locator('.grip').nth(3).focus();
  await page.keyboard.press('Home');
  await hedge.getByText(/The best order, 1, 2, 3, 4, has/).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Leg 4, 1 of 4/);
  assert.deepEqual(await hedge.locator('.grip').allInnerTexts(), ['4', '1', '2', '3']);
  await hedge.getByRole('button', { name: /^Down: / }).first().click();
  assert.deepEqual(await hedge.locator('.grip').allInnerTexts(), ['1', '4', '2', '3']);
  await hedge.getByRole('button', { name: 'Look at the book after it' }).click();
  await page.getByText(/^was −1.2516/).first().waitFor();
  await world.go('/portfolios/near/book');
  await page.getByLabel('What if, BTC-26MAR27-120000-C').fill('42');
  await page.getByLabel('What if, BTC-25DEC26-110000-C').fill('-50');
  const order = page.locator('section', { hasText: 'In which order?' }).last();
  await order.locator('.grip').nth(1).waitFor();
  await order.locator('.grip').first().focus();
  await page.keyboard.press('ArrowDown');
  await order.getByText(/Refused: step \d would reach/).waitFor();
  assert.ok(await order.locator('tr.over').count() > 0);
  assert.deepEqual(world.complaints, []);
});

test('volatility changes by points too, and liquidation follows the other figures', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/portfolios/vol-book/book');
  await page.getByRole('button', { name: 'Vol points' }).click();
  await page.getByRole('columnheader', { name: 'vol +45 pt' }).waitFor();
  const liquidation = page.locator('.figures > div', { hasText: 'Liquidation' }).locator('dd');
  const before = await liquidation.innerText();
  await page.getByLabel('What if, BTC-PERPETUAL').fill('-400000');
  await liquidation.getByText(/^was /).waitFor();
  await page.waitForFunction(old => !document.querySelector('.figures.across > div:last-child dd').innerText.startsWith('…') && document.querySelector('.figures.across > div:last-child dd').innerText !== old, before);
});

test('a sweep is run, its curves lie beside holding, and its report is kept', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await world.go('/lab');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('What became of 100?').waitFor();
  const picture = page.locator('section', { hasText: 'What became of 100?' });
  await picture.locator('svg').nth(1).waitFor({ timeout: 20_000 });
  assert.match(await picture.innerText(), /the best by Sharpe/);
  const rows = page.locator('.lab tbody tr');
  await rows.nth(2).getByRole('checkbox').check();
  await rows.nth(5).getByRole('checkbox').check();
  await picture.getByText(/the policies ticked below/).waitFor();
  await picture.getByLabel('log scale').check();
  await picture.getByText(/equal distances are equal multiples/).waitFor();
  await picture.getByRole('button', { name: /^Table of/ }).click();
  assert.match(await picture.locator('thead').innerText(), /holding/);
  const kept = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Keep' }).click();
  assert.match((await kept).suggestedFilename(), /^core-.*\.html$/);
  assert.deepEqual(world.complaints, []);
});

test('the whole script weighs less than sixty kilobytes', { skip: without }, () => {
  const built = join(root, 'artifacts/obj/desk/desk.js');
  assert.ok(gzipSync(readFileSync(built)).length < 60_000, `${statSync(built).size} bytes`);
});
