// Does anything need me? Then every portfolio in a line.
import { number, percent, points } from '../format';
import { at, get } from './api';
import { h, head, panel, table } from './dom';
import { driftMark } from './marks';
import { setPageKeys } from './keys';
import { exact, name, sentence, time } from './words';
import type { Overview, Row } from './types';

export async function overview(go: (path: string) => void): Promise<Node[]> {
  const seen = await get<Overview>('/overview');
  setPageKeys({ Enter: ['open the row', () => (document.activeElement as HTMLElement)?.click()], '/': ['filter', () => document.getElementById('filter')?.focus()] });
  document.title = seen.needs > 0 ? `◆${seen.needs} Ballast` : 'Ballast';
  if (seen.items.length === 0) {
    queueMicrotask(() => go('/start'));
    return [h('p', {}, 'Nothing is configured yet.')];
  }
  const needs = seen.items.filter(row => row.needs);
  const rows = seen.items.map(row => line(row, go));
  const filter = h('input', { id: 'filter', type: 'search', placeholder: 'filter', 'aria-label': 'Filter portfolios', oninput: () => {
    for (const row of rows) row.hidden = !row.textContent!.toLowerCase().includes(filter.value.toLowerCase());
  } });
  return [
    h('div', { class: 'title' }, h('h1', {}, needs.length === 0 ? 'Nothing needs you' : needs.length === 1 ? '1 needs you' : `${needs.length} need you`), h('span', { class: 'dim' }, `${seen.items.length} ${seen.items.length === 1 ? 'portfolio' : 'portfolios'}`)),
    ...(needs.length > 0 ? [panel('Needs you', null, h('ul', { class: 'needs' }, ...needs.map(row => h('li', { class: row.state === 'Stopped' ? 'act' : 'watch' }, h('span', { 'aria-hidden': 'true' }, row.state === 'Stopped' ? '■ ' : '◆ '),
      h('a', { href: at('portfolios', row.id) }, name(row.name)), h('span', {}, sentence(row.needs!))))))] : []),
    panel('All portfolios', filter, table('All portfolios', [head('Portfolio'), head('State'), head('Value', 'n opt'), head('', 'opt'), head('Largest drift', 'n'), head('points', 'opt'), head('Nearest rule', 'opt'), head('Risk top', 'n opt'), head('Loop', 'opt'), head('Prices of', 'n opt')], rows)),
  ];
}

function line(row: Row, go: (path: string) => void): HTMLElement {
  const path = at('portfolios', row.id);
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
    h('td', { class: 'opt' }, row.loop ? `${row.loop.mode}, ${row.loop.running ? row.loop.age : row.loop.age === 'ended' ? 'ended' : 'no word'}` : 'none'),
    h('td', { class: 'n opt', title: row.at }, time(row.at)));
}
