import { extent } from 'd3-array';
import { useMemo } from 'preact/hooks';
import { ValueAxis } from './axes';
import { overTime } from './foot';
import { FootFrame, type Drawing } from './foot-frame';
import type { Plot } from './frame';
import { EndLabels, gutter } from './labels';
import { areaPath, linePath } from './paths';
import { linear, log as logarithmic, type Scale } from './scale';
import type { Series } from './series';
import { textWidth } from './text';

export interface Line {
  name: string;
  values: number[];
  series: Series;
}

export interface TimeChartProps {
  label: string;
  height?: number;
  times: number[];
  /** Drawn in this order; the last lies on top. */
  lines: Line[];
  log?: boolean;
  /** Fill between each line and zero. */
  filled?: boolean;
  /** Bounds of the tinted band. */
  band?: [number, number] | null;
  /** The range of values to show where charts are to be compared; else that of the lines. */
  range?: [number, number];
  /** Positions in `times` marked along the foot. */
  events?: number[];
  /** A stretch worth naming, as positions in `times`. */
  spell?: { from: number; to: number; text: string } | null;
  /** What happened at a position, if anything did. */
  tell?: (index: number) => string;
  tick: (value: number) => string;
  exact: (value: number) => string;
}

/** Room along the foot, so that no line hides an event. */
const eventLane = 12;

/** Lines over time, named where they end; while a moment is read the names carry its values. */
export function TimeChart(props: TimeChartProps) {
  const { label, height = 200, times, lines, exact, tell } = props;
  const room = gutter(lines.flatMap(({ name, values }) => widest(values).map(value => ({ name, value: exact(value) }))));
  const read = (i: number) => lines.map(line => `${line.name} ${exact(line.values[i])}`).concat(tell?.(i) ?? []).filter(Boolean).join(', ');
  return (
    <FootFrame height={height} label={label} foot={overTime(times)} gutter={room} read={read}>
      {drawing => <Marks {...props} drawing={drawing} />}
    </FootFrame>
  );
}

function Marks({ drawing, ...props }: TimeChartProps & { drawing: Drawing }) {
  const { plot, x, at } = drawing;
  const { times, lines, exact, tell } = props;
  const y = valueScale(props, plot);
  const still = useMemo(() => <Still {...props} plot={plot} x={x} y={y} />, [plot.width, lines]);
  const shown = at ?? times.length - 1;
  const told = at === null ? '' : tell?.(at);
  return (
    <>
      {still}
      {at !== null && lines.map(line => (
        <circle key={line.name} cx={x(times[at])} cy={y(line.values[at])} r={3} class={`dot series-${line.series}`} />
      ))}
      {told && <text x={plot.left + 4} y={plot.bottom - eventLane} class="told">{told}</text>}
      <EndLabels plot={plot} labels={lines.map((line, k) => ({
        name: line.name,
        main: k > 0 && k === lines.length - 1,
        series: line.series,
        value: exact(line.values[shown]),
        y: y(line.values[times.length - 1]),
      }))} />
    </>
  );
}

/** What does not move with the hair; drawn once for a width. */
function Still({ times, lines, filled, band, spell, events, tick, plot, x, y }: TimeChartProps & { plot: Plot; x: Scale; y: Scale }) {
  const pointsOf = (line: Line) => line.values.map((value, i) => ({ x: x(times[i]), y: y(value) }));
  return (
    <>
      {band && <Band plot={plot} y={y} band={band} />}
      {spell && <Spell plot={plot} from={x(times[spell.from])} to={x(times[spell.to])} text={spell.text} />}
      <ValueAxis plot={plot} y={y} format={tick} />
      {events && <Events plot={plot} places={events.map(i => x(times[i]))} />}
      {lines.map(line => (
        <g key={line.name} class={`series-${line.series}`}>
          {filled && <path d={areaPath(pointsOf(line), y(0))} class="area" />}
          <path d={linePath(pointsOf(line))} class="line" />
        </g>
      ))}
    </>
  );
}

function valueScale({ lines, log, filled, events, range }: TimeChartProps, plot: Plot): Scale {
  const foot = plot.bottom - (events ? eventLane : 0);
  return (log ? logarithmic : linear)(range ?? bounds(lines, filled === true), [foot, plot.top]);
}

function Band({ plot, y, band }: { plot: Plot; y: Scale; band: [number, number] }) {
  const [low, high] = band.map(bound => Math.min(plot.bottom, Math.max(plot.top, y(bound))));
  return (
    <g>
      <rect x={plot.left} width={plot.right - plot.left} y={high} height={low - high} class="band" />
      {[low, high].map(edge => <line key={edge} x1={plot.left} x2={plot.right} y1={edge} y2={edge} class="edge" />)}
    </g>
  );
}

/** Its name stands at the foot, where there is room for it. */
function Spell({ plot, from, to, text }: { plot: Plot; from: number; to: number; text: string }) {
  return (
    <g class="spell">
      <rect x={from} y={plot.top} width={to - from} height={plot.bottom - plot.top} />
      {to - from > textWidth(text) && <text x={(from + to) / 2} y={plot.bottom - 5} class="middle told">{text}</text>}
    </g>
  );
}

/** Few events are triangles; many become strokes, which still tell where they crowd. */
function Events({ plot, places }: { plot: Plot; places: number[] }) {
  const crowded = places.length * 9 > plot.right - plot.left;
  const mark = (x: number) => crowded ? `M${x.toFixed(1)},${plot.bottom}v-6` : `M${x.toFixed(1)},${plot.bottom - 6}l-3.5,6h7z`;
  return <path d={places.map(mark).join('')} class={crowded ? 'events crowded' : 'events'} />;
}

function bounds(lines: Line[], withZero: boolean): [number, number] {
  const [low, high] = extent(lines.flatMap(line => widest(line.values)).concat(withZero ? 0 : [])) as [number, number];
  if (low < high) return [low, high];
  return low === 0 ? [0, 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
}

const widest = (values: number[]) => extent(values) as [number, number];
