// Marks inside rows, and the picture of the drift.
import { points } from '../format';
import { h, s } from './dom';
import { time } from './words';
import type { Band, History } from './types';

/** Where an asset stands against its target: band, now, and after the plan. */
export function driftMark(weight: number, target: number, band: Band | null, after: number | null, reach: number): SVGElement {
  const width = 140;
  const x = (value: number) => width / 2 + Math.max(-1, Math.min(1, value / reach)) * (width / 2 - 7);
  const drift = weight - target;
  const outside = band !== null && (weight < band.low || weight > band.high);
  const words = `drift ${points(drift)} points${band ? `, band ${points(band.low - target)} to ${points(band.high - target)}` : ', no band'}${after === null ? '' : `; after the plan ${points(after - target)}`}`;
  return s('svg', { class: 'driftmark', width, height: 20, viewBox: `0 0 ${width} 20`, role: 'img', 'aria-label': words },
    s('title', {}, words),
    band && s('rect', { class: 'band', x: x(band.low - target), width: Math.max(1, x(band.high - target) - x(band.low - target)), y: 4, height: 12, rx: 2 }),
    s('line', { class: 'zero', x1: x(0), x2: x(0), y1: 2, y2: 18 }),
    after !== null && s('line', { class: 'way', x1: x(after - target), x2: x(drift), y1: 10, y2: 10 }),
    after !== null && s('circle', { class: 'hollow', cx: x(after - target), cy: 10, r: 3.5 }),
    outside ? s('path', { class: 'outside', d: `M${x(drift)} 5l5 5l-5 5l-5 -5z` }) : s('circle', { class: 'inside', cx: x(drift), cy: 10, r: 4 }));
}

/** A bar to the share of risk with a tick at the weight. */
export function riskMark(weight: number, share: number, most: number): SVGElement {
  const x = (value: number) => Math.max(0, value / most) * 80;
  return s('svg', { class: 'riskmark', width: 84, height: 14, viewBox: '0 0 84 14', 'aria-hidden': 'true' },
    s('rect', { class: 'share', x: 0, y: 3, width: x(Math.min(share, weight)), height: 8 }),
    share > weight && s('rect', { class: 'over', x: x(weight), y: 3, width: x(share) - x(weight), height: 8 }),
    s('line', { x1: x(weight), x2: x(weight), y1: 0, y2: 14 }));
}

/** Drift of one asset over time with its band; arrows move the hair, and the reading is spoken. */
export function driftChart(history: History, asset: string, band: [number, number] | null): HTMLElement {
  const values = history.drift[asset] ?? [];
  const [width, height, left, right, top, bottom] = [640, 180, 40, 628, 10, 156];
  const most = Math.max(0.001, ...values.map(v => Math.abs(v ?? 0)), ...(band ?? []).map(Math.abs)) * 1.1;
  const x = (i: number) => left + (right - left) * (values.length > 1 ? i / (values.length - 1) : 0.5);
  const y = (value: number) => (top + bottom) / 2 - (value / most) * (bottom - top) / 2;
  const path = values.map((v, i) => v === null ? '' : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${x(i).toFixed(1)},${y(v).toFixed(1)}`).join('');
  const hair = s('line', { class: 'hair', y1: top, y2: bottom, x1: -9, x2: -9 });
  const reading = h('p', { class: 'reading', 'aria-live': 'polite' }, `${values.length} bars, ${time(history.times[0])} to ${time(history.times.at(-1))}; ${history.notes.join('; ')}.`);
  let place = values.length - 1;
  const read = (i: number) => {
    place = Math.max(0, Math.min(values.length - 1, i));
    hair.setAttribute('x1', String(x(place)));
    hair.setAttribute('x2', String(x(place)));
    const value = values[place];
    reading.textContent = `${time(history.times[place])}: ${value === null ? 'not known' : `${points(value)} points`}`;
  };
  const ticks = [-most / 1.1, 0, most / 1.1];
  const picture = s('svg', {
    class: 'chart', viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: 'img', 'aria-label': `Drift of ${asset} over ${values.length} bars; arrow keys read it`,
    onpointermove: (e: PointerEvent) => { const box = picture.getBoundingClientRect(); read(Math.round(((e.clientX - box.left) / box.width * width - left) / (right - left) * (values.length - 1))); },
    onkeydown: (e: KeyboardEvent) => { if (e.key === 'ArrowLeft' || e.key === 'ArrowRight') { e.preventDefault(); e.stopPropagation(); read(place + (e.key === 'ArrowLeft' ? -1 : 1)); } },
  },
    band && s('rect', { class: 'band', x: left, width: right - left, y: y(band[1]), height: Math.max(0, y(band[0]) - y(band[1])) }),
    ...ticks.map(tick => s('g', {}, s('line', { class: tick === 0 ? 'zero' : 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }), s('text', { x: left - 6, y: y(tick) + 4, class: 'end' }, points(tick, 1)))),
    s('path', { class: 'line', d: path }),
    s('text', { x: left, y: height - 6 }, time(history.times[0])), s('text', { x: right, y: height - 6, class: 'end' }, time(history.times.at(-1))),
    hair);
  return h('div', { class: 'frame' }, picture, reading);
}
