// The desk: finds the page of an address, and draws it again when the service says that something changed.
import '../tokens.css';
import './desk.css';
import '../charts/marks.css';
import './lab.css';
import { get, Refused, session } from './api';
import { book } from './book';
import { h, remember, swap } from './dom';
import { lab } from './lab';
import { file } from './file';
import { listen } from './keys';
import { journal } from './journal';
import { overview } from './overview';
import { portfolio } from './portfolio';
import { safety as safetyPage } from './safety';
import { build, here, main, safety, trouble, words } from './shell';
import { start } from './start';
import type { Overview } from './types';
import { follow } from './stream';

const kept = localStorage.getItem('theme');
if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;

let turn = 0;
let soon = 0;
let drawn = 0;
let more = false;

async function page(): Promise<Node[]> {
  const path = location.pathname;
  if (/^\/portfolios\/[^/]+\/book$/.test(path)) return book(decodeURIComponent(path.split('/')[2]));
  if (/^\/portfolios\/[^/]+\/file$/.test(path)) return file(decodeURIComponent(path.split('/')[2]));
  if (path === '/book') return bookChoice();
  if (path === '/lab') return lab();
  if (path.startsWith('/portfolios/')) return portfolio(decodeURIComponent(path.slice('/portfolios/'.length)));
  if (path === '/journal') return journal(new URLSearchParams(location.search), go);
  if (path === '/safety') return safetyPage();
  return path === '/start' ? start(go) : overview(go);
}

/** The first portfolio that keeps derivatives; most desks have one. */
async function bookChoice(): Promise<Node[]> {
  const found = (await get<Overview>('/overview')).items.find(row => row.hasBook);
  return book(found?.id ?? null);
}

async function draw(): Promise<void> {
  const mine = ++turn;
  const giveBack = remember();
  here(location.pathname);
  try {
    const content = await page();
    if (mine !== turn) return;
    swap(main, ...content);
    giveBack();
  } catch (fault) {
    if (mine !== turn) return;
    if (fault instanceof Refused && fault.problem.status === 401) signedOut(); else swap(main, trouble(fault, () => void draw()));
  }
}

function go(path: string): void {
  history.pushState(null, '', path);
  void draw().then(() => main.focus({ preventScroll: true }));
}

/** Changes that come together are drawn once, and no more often than the eye follows; forms that a person is filling are left alone. */
function again(): void {
  more = true;
  if (soon) return;
  soon = setTimeout(async () => {
    more = false;
    try {
      if (!/^\/(start|lab|book)$|\/(book|file)$/.test(location.pathname) && !document.querySelector('dialog[open]')) await draw();
    } finally {
      drawn = performance.now();
      soon = 0;
      if (more) again();
    }
  }, Math.max(20, drawn + 100 - performance.now()));
}

function signedOut(fault: unknown = null): void {
  swap(document.getElementById('desk')!, h('main', { class: 'plain' }, h('h1', {}, 'Signed out'), h('p', {}, fault ? words(fault) : 'Open the link that `ballast serve` printed; it lets one browser in, once.'), h('p', {}, 'People with a password ', h('a', { href: '/sign-in' }, 'sign in'), '.')));
}

addEventListener('click', event => {
  const link = (event.target as Element).closest('a[href^="/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute('data-out') || ['/stop', '/sign-in', '/again'].includes(link.getAttribute('href')!)) return;
  event.preventDefault();
  event.stopPropagation();
  go(link.getAttribute('href')!);
}, true);
addEventListener('popstate', () => void draw());
addEventListener('desk-changed', again);

try {
  build(await session(), go);
  listen();
  follow((kind, data) => {
    if (kind === 'run') return void dispatchEvent(new CustomEvent('desk-run', { detail: data }));
    if (kind === 'portfolio') dispatchEvent(new CustomEvent('desk-files', { detail: data }));
    if (kind === 'safety' || kind === 'loop' || kind === 'reset') void safety();
    if (kind !== 'journal' || location.pathname === '/journal') again();
  });
  await Promise.all([safety(), draw()]);
} catch (fault) {
  signedOut(fault);
}
