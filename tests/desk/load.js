// The overview under load, as one sees it: `node load.js LINK SECONDS`. A line for each tick that is drawn, `tick NUMBER MILLISECONDS`; at the end, what it cost.
import { chromium } from 'playwright-core';
import { browserPath, flags } from './world.js';

const [link, seconds] = [process.argv[2], Number(process.argv[3])];
const browser = await chromium.launch({ executablePath: browserPath, args: [...flags, '--js-flags=--expose-gc'] });
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
page.on('console', said => { if (said.text().startsWith('tick ')) console.log(said.text()); });
await page.goto(link);
await page.locator('main table').first().waitFor();
const chrome = await page.context().newCDPSession(page);
await chrome.send('Performance.enable');
const figures = async () => { await page.evaluate(() => globalThis.gc()); return Object.fromEntries((await chrome.send('Performance.getMetrics')).metrics.map(m => [m.name, m.value])); };

await page.evaluate(() => {
  const frames = globalThis.frames_ = { count: 0, over50: 0, over100: 0, longest: 0 };
  let [before, shown] = [performance.now(), ''];
  const frame = now => {
    const took = now - before;
    before = now;
    frames.count++;
    if (took > 50) frames.over50++;
    if (took > 100) frames.over100++;
    frames.longest = Math.max(frames.longest, took);
    const tick = document.querySelector('tbody tr:not(.room) td:nth-of-type(2)')?.title ?? '';
    if (tick !== shown) console.log(`tick ${shown = tick} ${Date.now()}`);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
await page.waitForTimeout(Math.min(10, seconds / 4) * 1000);
await page.evaluate(() => Object.assign(globalThis.frames_, { count: 0, over50: 0, over100: 0, longest: 0 })); // The first seconds are those of starting.
const first = await figures();
await page.waitForTimeout(seconds * 1000 - Math.min(10, seconds / 4) * 1000);
const [last, frames] = [await figures(), await page.evaluate(() => globalThis.frames_)];
const share = (last.TaskDuration - first.TaskDuration) / (last.Timestamp - first.Timestamp);
const heap = figures => (figures.JSHeapUsedSize / 2 ** 20).toFixed(1);
console.log(`${frames.count} frames, ${frames.over50} over 50 ms, ${frames.over100} over 100 ms, the longest ${frames.longest.toFixed(0)} ms; ${(share * 100).toFixed(1)} % of the main thread; heap ${heap(first)} MB, at the end ${heap(last)} MB`);
await browser.close();
