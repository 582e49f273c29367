// A chart of lines over prices, and a table of tinted cells: what the book's page is made of.
import { extent } from 'd3-array';
import { ValueAxis } from '../charts/axes';
import { overNumbers } from '../charts/foot';
import { FootFrame } from '../charts/foot-frame';
import { EndLabels, gutter } from '../charts/labels';
import { linePath } from '../charts/paths';
import { linear } from '../charts/scale';
import type { Series } from '../charts/series';
import { number } from '../format';

export interface Curve {
  name: string;
  values: number[];
}

/** Lines over prices, the price of now marked, a band around it, named where they end. */
export function Curves({ label, places, curves, now, band, format }: {
  label: string;
  places: number[];
  curves: Curve[];
  now: number;
  band: [number, number] | null;
  format: (value: number) => string;
}) {
  const [low, high] = extent(curves.flatMap(curve => curve.values).concat(0)) as [number, number];
  const room = gutter(curves.map(({ name, values }) => ({ name, value: format(values.at(-1)!) })).concat([{ name: 'in 7 days', value: format(low) }]));
  return (
    <FootFrame height={264} label={label} foot={overNumbers(places, number)} gutter={room} read={i => curves.map(curve => `${curve.name} ${format(curve.values[i])}`).join(', ')}>
      {({ plot, x, at }) => {
        const y = linear([low, high === low ? low + 1 : high], [plot.bottom, plot.top]);
        return (
          <>
            {band && <rect class="band" x={x(band[0])} width={x(band[1]) - x(band[0])} y={plot.top} height={plot.bottom - plot.top} />}
            <ValueAxis plot={plot} y={y} format={format} />
            <line class="edge" x1={x(now)} x2={x(now)} y1={plot.top} y2={plot.bottom} />
            {curves.map((curve, k) => (
              <g key={curve.name} class={`series-${k + 1}`}>
                <path class="line" d={linePath(curve.values.map((value, i) => ({ x: x(places[i]), y: y(value) })))} />
                {at !== null && <circle class="dot" r={3} cx={x(places[at])} cy={y(curve.values[at])} />}
              </g>
            ))}
            <EndLabels plot={plot} labels={curves.map((curve, k) => ({ name: curve.name, value: format(curve.values[at ?? curve.values.length - 1]), series: k + 1 as Series, main: k === 0, y: y(curve.values.at(-1)!) }))} />
          </>
        );
      }}
    </FootFrame>
  );
}

export interface Cell {
  text: string;
  /** From -1, what is bad, to 1; null for none. */
  shade: number | null;
  mark?: 'worst' | 'over';
  says?: string;
}

/** A table whose cells are tinted by what they say; the sign and the words say it without the tint. */
export function HeatTable({ name, corner, columns, rows }: { name: string; corner: string; columns: string[]; rows: { head: string; cells: Cell[] }[] }) {
  return (
    <div class="scroll heat" tabIndex={0} role="region" aria-label={`${name}, scrolls sideways`}>
      <table>
        <caption class="hidden">{name}</caption>
        <thead><tr><th scope="col">{corner}</th>{columns.map(column => <th key={column} scope="col" class="n">{column}</th>)}</tr></thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.head}>
              <th scope="row">{row.head}</th>
              {row.cells.map((cell, k) => <td key={k} class={`n ${tint(cell.shade)} ${cell.mark ?? ''}`} {...(cell.says ? { title: cell.says } : {})}>{cell.text}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tint(shade: number | null): string {
  if (shade === null || Math.abs(shade) < 0.02) return '';
  return `${shade < 0 ? 'loss' : 'gain'}-${Math.abs(shade) > 0.66 ? 3 : Math.abs(shade) > 0.33 ? 2 : 1}`;
}
