// Lines over prices, steps of margin along legs, and a table of tinted cells: what the book's page is made of.
import { extent } from 'd3-array';
import { ValueAxis } from '../charts/axes';
import { overNumbers } from '../charts/foot';
import { FootFrame } from '../charts/foot-frame';
import { Picture, type Plot } from '../charts/frame';
import { EndLabels, gutter } from '../charts/labels';
import { linePath, ribbonPath } from '../charts/paths';
import { linear } from '../charts/scale';
import type { Series } from '../charts/series';
import { number, percent, signed } from '../format';
import type { HedgeTrace, MarginPath } from './served';

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

/** Margin before the first leg and after each, as steps; a whisker reaches to the worst while the leg fills, and the limit is a line. */
export function StepChart({ path }: { path: MarginPath }) {
  const height = 190;
  const words = path.steps.map((step, i) => `after leg ${step.leg}, step ${i + 1}, initial ${percent(step.initial)}, maintenance ${percent(step.maintenance)}, worst ${percent(step.worst)}${step.over ? ', over the limit' : ''}`);
  return <Picture height={height} label={`Margin of equity along the legs: at the start ${percent(path.start.initial)}; ${words.join('; ')}`}>{width => <Steps path={path} plot={{ width, height, left: 46, right: width - 112, top: 18, bottom: height - 24 }} />}</Picture>;
}

function Steps({ path, plot }: { path: MarginPath; plot: Plot }) {
  const most = Math.max(path.start.initial, path.worst) * 1.15 || 0.01;
  const limited = path.limit !== null && path.limit < 2.5 * most;
  const y = linear([0, limited ? Math.max(most, path.limit! * 1.08) : most], [plot.bottom, plot.top]);
  const wide = (plot.right - plot.left) / (path.steps.length + 1);
  const x = (place: number) => plot.left + place * wide;
  const stairs = (values: number[]) => `M${values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}H${x(i + 1).toFixed(1)}`).join('L')}`;
  const initial = [path.start.initial, ...path.steps.map(step => step.initial)];
  const maintenance = [path.start.maintenance, ...path.steps.map(step => step.maintenance)];
  const worst = path.steps[path.worstStep - 1];
  return (
    <>
      <ValueAxis plot={plot} y={y} format={value => percent(value, most < 0.1 ? 1 : 0)} caption="of equity" />
      {limited && <><line class="limit" x1={plot.left} x2={plot.right} y1={y(path.limit!)} y2={y(path.limit!)} /><text class="act" x={plot.left + 4} y={y(path.limit!) - 4}>limit {percent(path.limit!, 0)}</text></>}
      {!limited && path.limit !== null && <text class="end" x={plot.right} y={12}>limit {percent(path.limit, 0)}, far above</text>}
      {path.steps.map((step, i) => (
        <g key={step.leg} class={step.over ? 'over' : 'series-1'}>
          <line class="whisker" x1={x(i + 1.5)} x2={x(i + 1.5)} y1={y(step.initial)} y2={y(step.worst)} /><line class="whisker" x1={x(i + 1.5) - 5} x2={x(i + 1.5) + 5} y1={y(step.worst)} y2={y(step.worst)} />
          <text class={i + 1 === path.worstStep || step.over ? 'middle told' : 'middle quiet'} x={x(i + 1.5)} y={y(step.worst) - 5}>{step.over ? '■ ' : ''}{wide > 44 || i + 1 === path.worstStep || step.over ? percent(step.worst) : ''}{i + 1 === path.worstStep && wide > 76 ? ' worst' : ''}</text>
          <text class="middle" x={x(i + 1.5)} y={plot.bottom + 16}>{wide > 50 ? `leg ${step.leg}` : step.leg}</text>
        </g>
      ))}
      <text class="middle" x={x(0.5)} y={plot.bottom + 16}>{wide > 40 ? 'start' : ''}</text>
      <g class="series-1"><path class="line" d={stairs(initial)} /></g><g class="series-2"><path class="line" d={stairs(maintenance)} /></g>
      <EndLabels plot={plot} labels={[{ name: 'initial', value: percent(initial.at(-1)!), series: 1, main: true, y: y(initial.at(-1)!) }, { name: 'maint.', value: percent(maintenance.at(-1)!), series: 2, y: y(maintenance.at(-1)!) }]} />
      {worst && <circle class={worst.over ? 'dot over' : 'dot series-1'} r={3.5} cx={x(path.worstStep + 0.5)} cy={y(worst.worst)} />}
    </>
  );
}

/** Delta by price with the band that holds at each: as it is, and after the hedge. */
export function DeltaChart({ trace, hedged }: { trace: HedgeTrace; hedged: boolean }) {
  const curves = [{ name: 'as it is', values: trace.delta }, ...(hedged ? [{ name: 'hedged', values: trace.hedged }] : [])];
  const edges = trace.band ? [...trace.low, ...trace.high].filter((v): v is number => v !== null) : [];
  const [low, high] = extent([...curves.flatMap(curve => curve.values), ...edges, 0]) as [number, number];
  const format = (value: number) => signed(value, 2);
  const banded = trace.prices.map((_, i) => i).filter(i => trace.low[i] !== null && trace.high[i] !== null);
  return (
    <FootFrame height={230} label={`Delta by price, ${curves.map(c => c.name).join(' and ')}, with its band`} foot={overNumbers(trace.prices, number)} gutter={gutter(curves.map(({ name }) => ({ name, value: format(-99.99) })))}
      read={i => [...curves.map(curve => `${curve.name} ${format(curve.values[i])}`), trace.low[i] === null ? 'no band' : `band ${format(trace.low[i]!)} to ${format(trace.high[i]!)}`].join(', ')}>
      {({ plot, x, at }) => {
        const y = linear([low, high === low ? low + 1 : high], [plot.bottom, plot.top]);
        const edge = (values: (number | null)[]) => banded.map(i => ({ x: x(trace.prices[i]), y: y(values[i]!) }));
        return (
          <>
            {banded.length > 1 && <><path class="band" d={ribbonPath(edge(trace.high), edge(trace.low))} /><path class="bandedge" d={linePath(edge(trace.high))} /><path class="bandedge" d={linePath(edge(trace.low))} /></>}
            <ValueAxis plot={plot} y={y} format={format} />
            {trace.target && <line class="edge" x1={plot.left} x2={plot.right} y1={y(trace.target.low)} y2={y(trace.target.low)} />}
            <line class="edge" x1={x(trace.index)} x2={x(trace.index)} y1={plot.top} y2={plot.bottom} />
            {curves.map((curve, k) => (
              <g key={curve.name} class={`series-${k + 1}`}>
                <path class="line" d={linePath(curve.values.map((value, i) => ({ x: x(trace.prices[i]), y: y(value) })))} />
                <circle class="dot" r={at === null ? 4 : 3} cx={x(at === null ? trace.index : trace.prices[at])} cy={y(at === null ? k === 0 ? trace.now : trace.after : curve.values[at])} />
              </g>
            ))}
            <EndLabels plot={plot} labels={curves.map((curve, k) => ({ name: curve.name, value: format(curve.values[at ?? curve.values.length - 1]), series: k + 1 as Series, main: k === 0, y: y(curve.values.at(-1)!) }))} />
          </>
        );
      }}
    </FootFrame>
  );
}
