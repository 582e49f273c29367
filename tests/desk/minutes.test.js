// The first five minutes with nothing but the page: bring holdings, begin on paper, approve, watch it done, end it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open, without } from './world.js';

let world;

before(async () => { if (!without) world = await open({ example: false, exchange: true }); });
after(async () => { await world?.close(); });

test('holdings are brought, traded on paper, and the loop is ended, all on the page', { skip: without, timeout: 90_000 }, async () => {
  const { page } = world;
  await page.goto(world.base + '/start');
  await page.locator('#import-holdings').setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from('Coin,Balance,Price\nBTC,1,96000\nETH,1,3200\nUSDT,1000,1\n') });
  await page.getByText('3 holdings. Are these the columns?').waitFor();
  await page.locator('#import-targets').selectOption('equal');
  await page.getByRole('button', { name: 'Write the portfolio' }).click();
  await page.waitForURL(/portfolios\/mine/);
  await page.locator('#paper-venue').selectOption('binance');
  await page.locator('#begin-paper').click();
  await page.locator('#approve').waitFor({ timeout: 40_000 });
  await page.locator('#approve').click();
  await page.waitForTimeout(700);
  await page.locator('dialog[open] button.primary').click();
  await page.getByText('Approved. The loop is told').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/Plan .* is completed/).waitFor({ timeout: 60_000 });
  await page.locator('#end-paper').click();
  await page.getByText(/ended /).first().waitFor({ timeout: 20_000 });
  await page.locator('#begin-paper').waitFor();
  assert.deepEqual(world.complaints, []);
});
