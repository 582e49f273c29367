// Does anything need me? Then every portfolio in a line.
import { number, percent, points } from '../format';
import { at, get } from './api';
import { h, head, panel, swap } from './dom';
import { handful, list } from './list';
import { driftMark } from './marks';
import { setPageKeys } from './keys';
import { exact, name, sentence, time } from './words';
import type { Overview, Row } from './types';

let from = 0;
let wanted = '';

const read = (at: number) => { from = at; return get<Overview>(`/overview?from=${at}&limit=${handful}${wanted ? `&find=${encodeURIComponent(wanted)}` : ''}`); };

export async function overview(go: (path: string) => void): Promise<Node[]> {
  const seen = await read(from);
  setPageKeys({ Enter: ['open the row', () => (document.activeElement as HTMLElement)?.click()], '/': ['filter', () => document.getElementById('filter')?.focus()] });
  document.title = seen.needs > 0 ? `◆${seen.needs} Ballast` : 'Ballast';
  if (seen.total === 0) {
    queueMicrotask(() => go('/start'));
    return [h('p', {}, 'Nothing is configured yet.')];
  }
  const lines = (said: Overview) => ({ from: said.from, of: said.found, rows: said.items.map(row => line(row, go)) });
  const heads = [head('Portfolio'), head('State'), head('Value', 'n opt'), head('', 'opt'), head('Largest drift', 'n'), head('points', 'opt'), head('Nearest rule', 'opt'), head('Risk top', 'n opt'), head('Margin', 'n opt'), head('Loop', 'opt'), head('Prices of', 'n opt')];
  const all = (said: Overview) => said.found === 0 ? h('p', { class: 'why' }, `None of ${said.total} has “${name(wanted)}” in its name, state or reason.`) : list('All portfolios', heads, lines(said), async at => lines(await read(at)));
  const place = h('div', {}, all(seen));
  const filter = h('input', { id: 'filter', type: 'search', placeholder: 'filter', 'aria-label': 'Filter portfolios', value: wanted, oninput: async () => {
    const now = wanted = filter.value;
    const found = await read(0);
    if (now === wanted) swap(place, all(found));
  } });
  return [
    h('div', { class: 'title' }, h('h1', {}, seen.needs === 0 ? 'Nothing needs you' : seen.needs === 1 ? '1 needs you' : `${seen.needs} need you`), h('span', { class: 'dim' }, `${seen.total} ${seen.total === 1 ? 'portfolio' : 'portfolios'}`)),
    ...(seen.needs > 0 ? [panel('Needs you', null, h('ul', { class: 'needs' }, ...seen.needing.map(row => h('li', { class: row.state === 'Stopped' ? 'act' : 'watch' }, h('span', { 'aria-hidden': 'true' }, row.state === 'Stopped' ? '■ ' : '◆ '),
      h('a', { href: at('portfolios', row.id) }, name(row.name)), h('span', {}, sentence(row.needs)))), seen.needs > seen.needing.length && h('li', { class: 'dim' }, `and ${seen.needs - seen.needing.length} more, first in the table below`)))] : []),
    panel('All portfolios', filter, place),
  ];
}

function line(row: Row, go: (path: string) => void): HTMLElement {
  const path = row.hasBook && !row.largestDrift ? at('portfolios', row.id, 'book') : at('portfolios', row.id);
  const drift = row.largestDrift;
  const target = drift?.band ? (drift.band.low + drift.band.high) / 2 : 0;
  return h('tr', { tabindex: 0, class: 'opens', onclick: () => go(path) },
    h('th', { scope: 'row' }, h('a', { href: path, tabindex: -1 }, name(row.name))),
    h('td', { class: row.needs ? 'watch' : '' }, row.needs && '◆ ', row.state),
    h('td', { class: 'n opt', title: row.value }, exact(row.value)), h('td', { class: 'unit opt' }, row.base ?? ''),
    h('td', { class: drift?.outside ? 'n strong watch' : 'n' }, drift ? `${name(drift.asset)} ${points(drift.drift)}` : '–'),
    h('td', { class: 'opt' }, drift && driftMark(target + drift.drift, target, drift.band, null, Math.max(0.1, Math.abs(drift.drift)))),
    h('td', { class: 'opt reason', title: row.trigger?.rule }, row.trigger ? row.trigger.fired ? 'fired' : `${percent(row.trigger.distance ?? 0, 0)}${row.trigger.toGo ? `, ${name(row.trigger.toGo)}` : ''}` : '–'),
    h('td', { class: 'n opt' }, row.riskTop ? `${name(row.riskTop.asset)} ${number(row.riskTop.share * 100, 1)}` : '–'),
    margin(row),
    h('td', { class: 'opt' }, row.loop ? `${row.loop.mode}, ${row.loop.running ? row.loop.age : row.loop.age === 'ended' ? 'ended' : 'no word'}` : 'none'),
    h('td', { class: 'n opt', title: row.at }, time(row.at)));
}

function margin(row: Row): HTMLElement {
  const [use, limit] = [row.marginUse ?? null, row.marginLimit ?? null];
  if (use === null) return h('td', { class: 'n opt' }, '–');
  const kind = limit === null || use < 0.8 * limit ? '' : use < limit ? ' watch' : ' act';
  return h('td', { class: `n opt${kind}`, title: limit === null ? null : `limit ${percent(limit, 1)} of equity` }, `${kind === ' act' ? '■ ' : ''}${percent(use, 1)}`);
}
