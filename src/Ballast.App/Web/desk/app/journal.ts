// What was decided and done, told by plan, and the proof that nothing of it was changed.
import { at, get } from './api';
import { h, panel, swap } from './dom';
import { setPageKeys } from './keys';
import { trouble } from './shell';
import { long, name, short, time } from './words';
import type { Entry, JournalPage, Overview, Verified } from './types';

export async function journal(query: URLSearchParams, go: (path: string) => void): Promise<Node[]> {
  document.title = 'Journal · Ballast';
  const { items } = await get<Overview>('/overview');
  const id = query.get('portfolio') ?? items.find(row => row.loop)?.id ?? items[0]?.id;
  if (!id) return [h('h1', {}, 'Journal'), h('p', {}, 'The first entry is written when a loop runs: ', h('code', {}, 'ballast run'))];
  const choose = h('select', { id: 'journal-portfolio', 'aria-label': 'Portfolio', onchange: () => go(`/journal?portfolio=${encodeURIComponent(choose.value)}`) }, ...items.map(row => h('option', { value: row.id, ...(row.id === id ? { selected: true } : {}) }, name(row.name))));
  const find = h('input', { id: 'journal-find', type: 'search', placeholder: 'find', 'aria-label': 'Find in the journal', value: query.get('find') ?? '', onchange: () => go(`/journal?portfolio=${encodeURIComponent(id)}${find.value ? `&find=${encodeURIComponent(find.value)}` : ''}`) });
  const proof = h('div', { role: 'status' });
  const verify = () => void prove(id, proof);
  const list = h('div');
  const more = h('button', { hidden: true }, 'Older entries');
  setPageKeys({ v: ['verify', verify], '/': ['find', () => find.focus()] });
  const page = async (after: string | null) => {
    const read = await get<JournalPage>(`${at('portfolios', id, 'journal')}?limit=100${after ? `&after=${after}` : ''}${find.value ? `&find=${encodeURIComponent(find.value)}` : ''}`);
    if (read.items.length === 0 && !after) list.append(h('p', { class: 'why' }, read.entries === 0 ? 'The first entry is written when a loop of this portfolio runs.' : 'No entry has these words.'));
    list.append(...stories(read.items).map(story));
    if (read.fault) list.append(h('p', { class: 'act' }, `■ Here the journal breaks: ${long(read.fault)}`));
    more.hidden = read.next === null;
    more.onclick = () => void page(read.next);
    return read;
  };
  const first = await page(null);
  if (first.entries > 0) swap(proof, h('span', { class: 'dim' }, `${first.entries} entries, head ${short(first.head)} `), h('button', { onclick: verify }, 'Verify'));
  return [h('div', { class: 'title' }, h('h1', {}, 'Journal'), choose, find, first.entries > 0 && exporting(id)), proof, panel('Newest first', null, list, h('p', { class: 'acts' }, more))];
}

/** The journal for book-keepers, tax offices and other programs. */
function exporting(id: string): HTMLElement {
  const link = h('a', { download: '', 'data-out': '' }, 'Export');
  const form = h('select', { 'aria-label': 'Export as', onchange: () => aim() }, ...forms.map(([value, words]) => h('option', { value }, words)));
  const aim = () => { link.href = `/api/v1${at('portfolios', id, 'journal', 'export')}?${form.value}`; };
  aim();
  return h('span', { class: 'right' }, form, ' ', link);
}

const forms = [['to=trades', 'trades, CSV'], ['to=lots&lots=fifo', 'tax lots, first in first out'], ['to=lots&lots=hifo', 'tax lots, highest cost first'], ['to=lots&lots=lifo', 'tax lots, last in first out'], ['to=ledger', 'ledger'], ['to=beancount', 'beancount'], ['to=holdings', 'holdings, CSV'], ['to=json', 'every record, JSON']] as const;

async function prove(id: string, place: HTMLElement): Promise<void> {
  swap(place, h('span', { class: 'dim' }, 'Reading every byte…'));
  try {
    const said = await get<Verified>(at('portfolios', id, 'journal', 'verify'));
    swap(place, said.ok ? h('span', { class: 'better' }, `✓ whole to entry ${said.entries}, at ${time(said.at)}, head ${short(said.head)} `)
      : h('span', { class: 'act' }, `■ broken after entry ${said.entries}: ${long(said.fault?.reason ?? '')}. ${long(said.fault?.advice ?? '')} `), h('button', { onclick: () => void prove(id, place) }, 'Verify again'));
  } catch (fault) {
    swap(place, trouble(fault, () => void prove(id, place)));
  }
}

/** Neighbours of one plan are one story. */
function stories(entries: Entry[]): Entry[][] {
  const all: Entry[][] = [];
  for (const entry of entries) {
    const last = all.at(-1);
    if (last && entry.plan !== null && last[0].plan === entry.plan) last.push(entry); else all.push([entry]);
  }
  return all;
}

function story(entries: Entry[]): HTMLElement {
  if (entries.length === 1) return line(entries[0]);
  const begun = entries.at(-1)!;
  return h('details', { id: `plan-${begun.plan}-${begun.sequence}`, class: 'story', open: entries.length <= 12 }, h('summary', {}, h('span', { class: 'when' }, time(entries[0].at)), ` ${entries[0].text.includes(begun.plan!) ? '' : `Plan ${name(begun.plan!)}: `}${long(entries[0].text)} `, h('span', { class: 'dim' }, `${entries.length} entries`, h('span', { class: 'opt' }, ` since ${time(begun.at)}`))), ...entries.map(line));
}

function line(entry: Entry): HTMLElement {
  return h('details', { id: `entry-${entry.sequence}`, class: 'entry' }, h('summary', {}, h('span', { class: 'when', title: entry.at }, time(entry.at)), ' ', long(entry.text), ' ', h('span', { class: 'dim right' }, `${entry.sequence}`)),
    h('p', { class: 'dim' }, `${entry.type}, entry ${entry.sequence}, ${entry.at}, hash ${entry.hash}`), h('pre', {}, JSON.stringify(entry.record, null, 2)));
}

