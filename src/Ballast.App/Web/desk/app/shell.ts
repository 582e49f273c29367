// What is round every page: where one is, whether the figures are fresh, and the stop.
import { get, leave, newKey, post, Refused } from './api';
import { h, swap, type Child } from './dom';
import { addKeys, help, moveRow } from './keys';
import { silence } from './stream';
import { age, long, sentence } from './words';
import type { Fault, Safety, Session } from './types';

export const pages: [path: string, name: string, key: string][] = [['/', 'Overview', 'o'], ['/book', 'Book', 'b'], ['/lab', 'Lab', 'l'], ['/journal', 'Journal', 'j'], ['/safety', 'Safety', 's'], ['/start', 'Start', 't']];

const live = h('span', { class: 'live' }, h('i', { class: 'pulse' }), h('span', {}, 'live'));
const stopped = h('div', { class: 'stopped', role: 'alert' });
const polite = h('p', { class: 'hidden', 'aria-live': 'polite' });
const nav = h('nav', { 'aria-label': 'Pages' });
export const main = h('main', { id: 'main', tabindex: -1 });

let me: Session;

export const who = () => me;

export const may = (role: Session['role']) => ['viewer', 'operator', 'admin'].indexOf(me.role) >= ['viewer', 'operator', 'admin'].indexOf(role);

export const say = (text: string) => { polite.textContent = text; };

/** Nothing is approved on figures that are old. */
export const isStale = () => silence() > 6;

export function build(session: Session, go: (path: string) => void): void {
  me = session;
  nav.append(...pages.map(([path, name]) => h('a', { href: path }, name)));
  const stop = h('button', { class: 'stop', id: 'stop', onclick: () => void stopAll(), ...(may('operator') ? {} : { disabled: true, title: 'Only an operator can stop trading' }) }, h('span', { 'aria-hidden': 'true' }, '■ '), 'Stop', h('span', { class: 'wide' }, ' all trading'));
  const bar = h('header', { class: 'bar' }, h('a', { class: 'name', href: '/' }, 'Ballast'), nav,
    h('span', { class: 'dim wide' }, `${session.name}, ${session.role}`), h('button', { class: 'quiet', onclick: help, 'aria-label': 'Keys' }, '?'), live, stop);
  swap(document.getElementById('desk')!, h('a', { class: 'skip', href: '#main' }, 'Go to the page'), bar, stopped, main, polite);
  for (const [path, name, key] of pages) addKeys({ [`g ${key}`]: [`go to ${name}`, () => go(path)] });
  addKeys({
    j: ['next row', () => moveRow(1)], k: ['row before', () => moveRow(-1)], d: ['dark, light, as the system', theme], '?': ['these keys', help],
    'Shift K': ['stop all trading, at once', () => void stopAll()], 'Shift Q': ['sign out', () => void leave().then(() => location.assign('/'))],
  });
  setInterval(freshness, 500);
}

export function here(path: string): void {
  for (const link of nav.children) {
    const is = link.getAttribute('href') === path || (link.getAttribute('href') === '/book' && path.endsWith('/book')) || (link.getAttribute('href') === '/' && path.startsWith('/portfolios/') && !path.endsWith('/book'));
    if (is) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
}

export async function safety(): Promise<Safety> {
  const said = await get<Safety>('/safety');
  const kills = said.kill ? [`${said.kill.scope === '*' ? 'Everything' : said.kill.scope} is stopped by ${said.kill.by}: ${sentence(said.kill.reason)}`]
    : said.loops.filter(loop => loop.running).flatMap(loop => Object.entries(loop.kills).map(([scope, why]) => `${loop.name}: ${scope === '*' ? 'everything' : scope} is stopped: ${sentence(why)}`));
  swap(stopped, ...kills.map(text => h('p', {}, '■ ', long(text), ' ', h('a', { href: '/safety' }, 'Safety'))));
  return said;
}

/** One press, no question. Where the script's way fails, the plain form is left. */
export async function stopAll(scope: string | null = null, reason: string | null = null): Promise<void> {
  if (!may('operator')) return;
  try {
    await post<Safety>('/safety/stop', { ...(scope ? { scope } : {}), ...(reason ? { reason } : {}) });
    say('Stopped. Open orders are being cancelled.');
    await safety();
    dispatchEvent(new CustomEvent('desk-changed'));
  } catch {
    location.assign('/stop');
  }
}

/** A question before an act: what, whether, and why. The button waits a moment, and works once. */
export function sheet(title: string, facts: Child[], verb: string, note: string | null, act: (note: string, key: string) => Promise<string>): void {
  const key = newKey();
  const field = h('input', { id: 'sheet-note', maxlength: 500, autocomplete: 'off' });
  const code = h('input', { id: 'sheet-code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 20 });
  const factor = h('label', { class: 'field', hidden: true }, 'Code of your authenticator', code);
  const told = h('p', { class: 'told', role: 'status' });
  const sure = h('button', { class: 'primary', type: 'button', disabled: true, onclick: async () => {
    sure.disabled = true;
    try {
      if (!factor.hidden) await post('/session/second-factor', { code: code.value.trim() });
      told.textContent = await act(field.value.trim(), key);
      factor.hidden = true;
      sure.remove();
      dispatchEvent(new CustomEvent('desk-changed'));
    } catch (fault) {
      const again = fault instanceof Refused && fault.problem.code === 'SECOND_FACTOR';
      told.textContent = again ? 'This wants your second factor: give a code, then press again.' : words(fault);
      if (again) { factor.hidden = false; code.focus(); }
      sure.disabled = false;
    }
  } }, verb);
  const dialog = h('dialog', { class: 'sheet', 'aria-label': title, onclose: () => dialog.remove() }, h('h2', {}, title), ...facts,
    note && h('label', { class: 'field' }, note, field), factor, told, h('form', { method: 'dialog', class: 'acts' }, h('button', {}, 'Close'), sure));
  document.body.append(dialog);
  dialog.showModal();
  setTimeout(() => { sure.disabled = false; }, 600);
}

export const words = (fault: unknown) => fault instanceof Refused ? long(fault.problem.detail) : fault instanceof Error ? `The desk did not answer: ${long(fault.message)}` : 'The desk did not answer.';

/** What went wrong, in the panel that it concerns. */
export function trouble(fault: unknown, retry: (() => void) | null = null): HTMLElement {
  const problem = fault instanceof Refused ? fault.problem : null;
  return h('section', { class: 'panel trouble', role: 'alert' }, h('header', {}, h('h2', {}, problem?.title ?? 'No answer'), problem && h('code', {}, problem.code)), h('p', {}, words(fault)),
    problem && problem.faults.length > 0 && faults(problem.faults), problem && h('p', { class: 'dim' }, `trace ${problem.traceId}`), retry && h('p', {}, h('button', { onclick: retry }, 'Retry')));
}

/** Each fault with its place, its line, and a caret under the words. */
export function faults(all: Fault[]): HTMLElement {
  return h('ul', { class: 'faults' }, ...all.slice(0, 50).map(fault => h('li', {}, h('b', {}, `${fault.file.split('/').at(-1)}:${fault.line}:${fault.column} `), long(fault.what), fault.expected && `; ${long(fault.expected)}`,
    fault.text.length > 0 && fault.text.length < 200 && h('pre', {}, `${fault.text}\n${' '.repeat(Math.max(0, fault.column - 1))}^`))));
}

function freshness(): void {
  const quiet = silence();
  const state = quiet > 6 ? 'stale' : quiet > 2.5 ? 'late' : 'fresh';
  document.body.dataset.age = state;
  live.lastElementChild!.textContent = state === 'fresh' ? 'live' : state === 'late' ? `late · ${age(quiet)}` : `no word for ${age(quiet)}`;
}

function theme(): void {
  const next = { '': 'dark', dark: 'light', light: '' }[document.documentElement.dataset.theme ?? '']!;
  if (next) document.documentElement.dataset.theme = next; else delete document.documentElement.dataset.theme;
  localStorage.setItem('theme', next);
  say(next ? `${next} colours` : 'colours of the system');
}
