import { day, dayMs, hour, month, monthOfYear, year } from '../calendar';
import type { Plot } from './frame';
import type { Interval, Scale } from './scale';

/** Quiet horizontal lines with their values at the left; zero is stronger. */
export function ValueAxis({ plot, y, format, caption }: {
  plot: Plot;
  y: Scale;
  format: (value: number) => string;
  /** What the values are, above them. */
  caption?: string;
}) {
  const ticks = y.ticks(Math.max(2, Math.floor((plot.bottom - plot.top) / 44)));
  return (
    <g class="axis">
      {ticks.map(value => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={y(value)} y2={y(value)} class={value === 0 ? 'zero' : 'grid'} />
          <text x={plot.left - 6} y={y(value) + 4} class="end">{format(value)}</text>
        </g>
      ))}
      {caption && <text x={plot.left} y={12}>{caption}</text>}
    </g>
  );
}

/** Times in UTC along the foot, as many as there is room for; those under the hair's own label step back. */
export function TimeAxis({ plot, x, covered }: { plot: Plot; x: Scale; covered: Interval | null }) {
  const ticks = x.ticks(Math.max(2, Math.floor((plot.right - plot.left) / 96)));
  const format = timeFormat(ticks);
  return (
    <g class="axis">
      {ticks.map(time => (
        <g key={time}>
          <line x1={x(time)} x2={x(time)} y1={plot.bottom} y2={plot.bottom + 3} class="zero" />
          {!isCovered(x(time), covered) && <text x={x(time)} y={plot.bottom + 16} class={anchor(x(time), plot)}>{format(new Date(time))}</text>}
        </g>
      ))}
    </g>
  );
}

/** Numbers along the foot, as many as there is room for. */
export function NumberAxis({ plot, x, covered = null, format, caption }: {
  plot: Plot;
  x: Scale;
  covered?: Interval | null;
  format: (value: number) => string;
  /** What the numbers are, at the right below them. */
  caption?: string;
}) {
  const ticks = x.ticks(Math.min(12, Math.max(2, Math.floor((plot.right - plot.left) / 64))));
  return (
    <g class="axis">
      {ticks.map(value => (
        <g key={value}>
          <line x1={x(value)} x2={x(value)} y1={plot.bottom} y2={plot.bottom + 3} class="zero" />
          {!isCovered(x(value), covered) && <text x={x(value)} y={plot.bottom + 16} class="middle">{format(value)}</text>}
        </g>
      ))}
      {caption && <text x={plot.right} y={plot.bottom + 34} class="end">{caption}</text>}
    </g>
  );
}

/** Says what changes from tick to tick; the larger unit stands where it turns. */
function timeFormat(ticks: number[]): (time: Date) => string {
  const step = ticks.length < 2 ? Infinity : ticks[1] - ticks[0];
  if (step < dayMs) return time => time.getTime() % dayMs === 0 ? day(time) : hour(time);
  if (step < 27 * dayMs) return day;
  const isNewYear = (time: Date) => time.getUTCMonth() === 0;
  return ticks.some(tick => isNewYear(new Date(tick))) ? time => isNewYear(time) ? year(time) : month(time) : monthOfYear;
}

/** A tick's own text reaches about this far to each side. */
const reach = 14;

const isCovered = (x: number, covered: Interval | null) => covered !== null && x + reach > covered[0] && x - reach < covered[1];

/** A label at the very edge leans inward, so that nothing hangs over it. */
function anchor(x: number, plot: Plot): string {
  if (x < plot.left + 14) return '';
  return x > plot.width - 20 ? 'end' : 'middle';
}
