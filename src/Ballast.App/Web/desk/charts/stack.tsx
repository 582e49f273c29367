import { max, min } from 'd3-array';
import { useMemo } from 'preact/hooks';
import { percent } from '../format';
import { ValueAxis } from './axes';
import type { Plot } from './frame';
import { EndLabels, gutter } from './labels';
import { ribbonPath } from './paths';
import { linear, type Scale } from './scale';
import { seriesAt } from './series';
import { TimeFrame, type Drawing } from './time-frame';

export interface Layer {
  name: string;
  /** One fraction of the whole for each time. */
  values: number[];
}

interface StackProps {
  label: string;
  height: number;
  times: number[];
  /** The first lies at the bottom. */
  layers: Layer[];
}

/** Where a layer lies: from one level to another at each time. */
interface Ribbon {
  layer: Layer;
  from: number[];
  to: number[];
}

/** Shares of a whole over time, named where they end; short positions lie below zero. */
export function StackChart(props: StackProps) {
  const { layers } = props;
  const room = gutter(layers.map(layer => ({ name: layer.name, value: '100.0 %' })));
  const read = (i: number) => layers.map(layer => `${layer.name} ${percent(layer.values[i])}`).join(', ');
  return (
    <TimeFrame height={props.height} label={props.label} times={props.times} gutter={room} read={read}>
      {drawing => <Ribbons {...props} drawing={drawing} />}
    </TimeFrame>
  );
}

function Ribbons({ times, layers, drawing: { plot, x, at } }: StackProps & { drawing: Drawing }) {
  const ribbons = useMemo(() => stacked(layers), [layers]);
  const y = useMemo(() => levels(ribbons, plot), [ribbons, plot.width]);
  const still = useMemo(() => <Still ribbons={ribbons} times={times} plot={plot} x={x} y={y} />, [y]);
  const last = times.length - 1;
  return (
    <>
      {still}
      <EndLabels plot={plot} labels={ribbons.map(({ layer, from, to }, k) => ({
        name: layer.name,
        series: seriesAt(k),
        value: percent(layer.values[at ?? last]),
        y: y((from[last] + to[last]) / 2),
      }))} />
    </>
  );
}

/** What does not move with the hair; drawn once for a width. */
function Still({ ribbons, times, plot, x, y }: { ribbons: Ribbon[]; times: number[]; plot: Plot; x: Scale; y: Scale }) {
  const edge = (values: number[]) => values.map((level, i) => ({ x: x(times[i]), y: y(level) }));
  return (
    <>
      {ribbons.map(({ layer, from, to }, k) => (
        <path key={layer.name} d={ribbonPath(edge(to), edge(from))} class={`ribbon series-${seriesAt(k)} ${k % 2 ? 'odd' : 'even'}`} />
      ))}
      <ValueAxis plot={plot} y={y} format={value => percent(value, 0)} />
    </>
  );
}

/** From the deepest short to the highest pile, and at least from nothing to the whole. */
function levels(ribbons: Ribbon[], plot: Plot): Scale {
  const low = Math.min(0, ...ribbons.map(ribbon => min(ribbon.to)!));
  const high = Math.max(1, ...ribbons.map(ribbon => max(ribbon.to)!));
  return linear([low, high], [plot.bottom, plot.top]);
}

/** Long positions pile up from zero, short ones hang down from it. */
function stacked(layers: Layer[]): Ribbon[] {
  const above = layers[0].values.map(() => 0);
  const below = [...above];
  return layers.map(layer => {
    const piles = layer.values.map(value => value < 0 ? below : above);
    const from = piles.map((pile, i) => pile[i]);
    const to = piles.map((pile, i) => pile[i] += layer.values[i]);
    return { layer, from, to };
  });
}
