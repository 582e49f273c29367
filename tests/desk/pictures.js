// The pictures of the documents, from the real pages with the example.
import { join } from 'node:path';
import { open, root, without } from './world.js';

if (without) throw new Error(without);
const world = await open();
const shots = [['desk-overview', '/', 1200, 420, 'dark'], ['desk-portfolio', '/portfolios/core', 1360, 1080, 'dark'], ['desk-book', '/portfolios/vol-book/book', 1360, 1080, 'light'], ['desk-phone', '/', 390, 620, 'light']];
for (const [name, path, width, height, colorScheme] of shots) {
  await world.page.setViewportSize({ width, height });
  await world.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await world.go(path);
  await world.page.evaluate(() => { document.documentElement.style.scrollbarGutter = 'auto'; }); // No scroll bar is drawn here, so that no room is kept for one.
  await world.page.waitForTimeout(1500);
  await world.page.screenshot({ path: join(root, 'docs/pictures', `${name}.png`) });
}
await world.close();
