// What a portfolio was worth at each look, with what was bought and sold: a line, or a table.
import { at as path, get } from './api';
import { h, head, s, swap, table } from './dom';
import { exact, name, quantity, time } from './words';
import type { Fill, ValueHistory } from './types';

let asTable = false;

export async function worth(id: string, place: HTMLElement): Promise<void> {
  const read = await get<ValueHistory>(path('portfolios', id, 'value'));
  const again = () => swap(place, h('section', { class: 'panel' },
    h('header', {}, h('h2', {}, 'Value and trades'), h('span', { class: 'dim' }, 'as its journal tells of them'), h('button', { class: 'quiet right', onclick: () => { asTable = !asTable; again(); }, 'aria-pressed': String(asTable) }, asTable ? 'Chart' : 'Table')),
    read.points.length + read.trades.length === 0 ? h('p', { class: 'why' }, 'Nothing yet: a loop keeps the value at each of its looks, and every trade.') : asTable ? figures(read) : chart(read)));
  again();
}

const told = (fill: Fill) => `${fill.side === 'buy' ? 'bought' : 'sold'} ${quantity(fill.quantity)} ${name(fill.instrument)} at ${quantity(fill.price)}`;

function figures(read: ValueHistory): HTMLElement {
  const rows = [...read.points.map(point => ({ at: point.at, row: [h('td', { class: 'n', title: point.value }, exact(point.value)), h('td', {}, '')] })),
    ...read.trades.map(fill => ({ at: fill.at, row: [h('td', { class: 'n' }, ''), h('td', {}, told(fill), h('small', {}, `fee ${name(fill.fee)}`))] }))].sort((a, b) => b.at.localeCompare(a.at));
  return table('Value and trades', [head('Time'), head(`Value${read.base ? `, ${name(read.base)}` : ''}`, 'n'), head('Trade')], rows.slice(0, 300).map(({ at, row }) => h('tr', {}, h('th', { scope: 'row', title: at }, time(at)), ...row)));
}

function chart(read: ValueHistory): HTMLElement {
  const [width, height, left, right, top, bottom] = [640, 200, 64, 628, 14, 172];
  const values = read.points.map(point => ({ at: Date.parse(point.at), value: Number(point.value) }));
  const times = [...values.map(v => v.at), ...read.trades.map(t => Date.parse(t.at))];
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const most = Math.max(...values.map(v => v.value));
  const least = Math.min(...values.map(v => v.value));
  const room = Math.max((most - least) * 0.1, Math.abs(most) * 0.0005, 1e-9);
  const x = (moment: number) => left + (right - left) * (to > from ? (moment - from) / (to - from) : 0.5);
  const y = (value: number) => bottom - (bottom - top) * (value - least + room) / (most - least + 2 * room);
  const onLine = (moment: number) => {
    const i = values.findIndex(v => v.at >= moment);
    const [before, after] = [values[i < 0 ? values.length - 1 : Math.max(0, i - 1)], values[i < 0 ? values.length - 1 : i]];
    return before.at === after.at ? after.value : before.value + (after.value - before.value) * (moment - before.at) / (after.at - before.at);
  };
  // A fill stands at the line: buys below it, sales above.
  const mark = (fill: Fill) => {
    const [cx, cy, up] = [x(Date.parse(fill.at)), values.length > 0 ? y(onLine(Date.parse(fill.at))) : (top + bottom) / 2, fill.side === 'buy'];
    return s('path', { class: up ? 'bought' : 'sold', d: up ? `M${cx} ${cy + 4}l4 7h-8z` : `M${cx} ${cy - 4}l4 -7h-8z` }, s('title', {}, `${time(fill.at)}: ${told(fill)}`));
  };
  const events = [...values.map((v, i) => ({ at: v.at, text: `${time(read.points[i].at)}: ${exact(read.points[i].value)} ${name(read.base ?? '')}` })), ...read.trades.map(t => ({ at: Date.parse(t.at), text: `${time(t.at)}: ${told(t)}` }))].sort((a, b) => a.at - b.at);
  const hair = s('line', { class: 'hair', y1: top, y2: bottom, x1: -9, x2: -9 });
  const summary = `${read.looks} ${read.looks === 1 ? 'look' : 'looks'}, ${read.trades.length} ${read.trades.length === 1 ? 'trade' : 'trades'}; ▲ bought, ▼ sold.`;
  const reading = h('p', { class: 'reading', 'aria-live': 'polite' }, summary);
  let place = events.length - 1;
  const look = (i: number) => {
    place = Math.max(0, Math.min(events.length - 1, i));
    hair.setAttribute('x1', String(x(events[place].at)));
    hair.setAttribute('x2', String(x(events[place].at)));
    reading.textContent = events[place].text;
  };
  const closest = (pixel: number) => events.reduce((best, e, i) => Math.abs(x(e.at) - pixel) < Math.abs(x(events[best].at) - pixel) ? i : best, 0);
  const ticks = values.length === 0 ? [] : most > least ? [least, (least + most) / 2, most] : [most];
  const picture = s('svg', {
    class: 'chart', viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: 'img', 'aria-label': `Value over ${read.looks} looks with ${read.trades.length} trades; arrow keys read it`,
    onpointermove: (e: PointerEvent) => { const box = picture.getBoundingClientRect(); look(closest((e.clientX - box.left) / box.width * width)); },
    onkeydown: (e: KeyboardEvent) => { if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') { e.preventDefault(); e.stopPropagation(); look(place + (e.key === 'ArrowLeft' ? -1 : 1)); } },
  },
    ...ticks.map(tick => s('g', {}, s('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }), s('text', { x: left - 6, y: y(tick) + 4, class: 'end' }, exact(String(tick), most < 100 ? 2 : 0)))),
    s('path', { class: 'line', d: values.map((v, i) => `${i === 0 ? 'M' : 'L'}${x(v.at).toFixed(1)},${y(v.value).toFixed(1)}`).join('') }),
    values.length === 1 && s('circle', { class: 'inside', cx: x(values[0].at), cy: y(values[0].value), r: 3 }),
    ...read.trades.map(mark),
    s('text', { x: left, y: height - 8 }, time(new Date(from).toISOString())), s('text', { x: right, y: height - 8, class: 'end' }, time(new Date(to).toISOString())),
    hair);
  return h('div', { class: 'frame' }, picture, reading);
}
