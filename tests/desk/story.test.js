// The whole story on paper, at the simulated exchange: see drift, read why, approve, watch the fills, read the journal, stop.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open, without } from './world.js';

let world;

before(async () => { if (!without) world = await open({ example: false }); });
after(async () => { await world?.close(); });

test('a desk with nothing offers the example', { skip: without, timeout: 60_000 }, async () => {
  const { page } = world;
  await page.goto(world.base + '/');
  await page.waitForTimeout(500);
  await page.goto(world.base + '/start');
  await page.getByRole('button', { name: /example/i }).click();
  await page.getByText(/core/).first().waitFor();
  assert.ok(existsSync(join(world.folder, 'core.yaml')));
});

test('a plan is read, approved by key and note, filled, told in the journal, and stopped', { skip: without, timeout: 90_000 }, async () => {
  const { page } = world;
  mkdirSync(world.folder, { recursive: true });
  const file = join(world.folder, 'paper.yaml');
  writeFileSync(file, 'version: 1\nname: paper\nbase: USDT\naccounts:\n  binance: { venue: binance }\ntargets:\n  weights: { BTC: 50%, ETH: 30%, USDT: 20% }\nrebalance:\n  when:\n    - drift: 2%\ncosts: { fee: 10 bps }\nrun: { check: 2s, approve: always }\n');
  const exchange = await world.exchange();
  const loop = await world.run(file, '--paper', '--exchange', exchange);
  await world.go('/portfolios/paper');
  await page.locator('#approve').waitFor({ timeout: 40_000 }).catch(fault => { throw new Error(`${fault.message}\n${loop.lines.join('\n')}`); });
  assert.match(await page.locator('#waiting').innerText(), /Waits for you[\s\S]*Buy BTC\/?USDT[\s\S]*short by/);
  await page.keyboard.press('a');
  await page.locator('#sheet-note').fill('fee <b>fine</b>');
  const sure = page.locator('dialog[open] button.primary');
  assert.ok(await sure.isDisabled());
  await page.waitForTimeout(700);
  await sure.click();
  await page.getByText('Approved. The loop is told').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/Plan .* is completed/).waitFor({ timeout: 40_000 });
  const worth = page.locator('section', { has: page.getByRole('heading', { name: 'Value and trades' }) });
  await worth.locator('path.bought').first().waitFor({ state: 'attached' });
  await worth.getByRole('button', { name: 'Table' }).click();
  assert.match(await worth.innerText(), /bought [\d.]+ BTC\/?USDT at/);
  await page.goto(world.base + '/safety');
  const traded = page.getByRole('row', { name: /Traded within an hour/ });
  await traded.waitFor();
  assert.match(await traded.innerText(), /[1-9].*%/);
  assert.match(await page.getByRole('row', { name: /binance/ }).first().innerText(), /ready[\s\S]*s ago/);
  await page.getByText(/All of it is done\.|Done but for/).first().waitFor(); // A rest too small to be sold may stay.
  await page.goto(world.base + '/journal?portfolio=paper');
  const story = page.locator('details.story', { hasText: 'fee <b>fine</b>' });
  if (!await story.evaluate(one => one.open)) await story.locator('> summary').click();
  await page.getByText(/fee <b>fine<\/b>/).first().waitFor();
  await page.getByLabel('Export as').selectOption({ label: 'ledger' });
  const kept = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const download = await kept;
  assert.equal(download.suggestedFilename(), 'paper-ledger.ledger');
  assert.match(readFileSync(await download.path(), 'utf8'), /BTC/);
  await page.keyboard.press('Shift+K');
  await page.getByText(/Everything is stopped by anna/).first().waitFor();
  assert.ok(existsSync(join(world.data, 'KILL')));
  assert.deepEqual(world.complaints, []);
});
