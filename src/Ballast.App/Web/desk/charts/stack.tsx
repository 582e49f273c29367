import { max, maxIndex, min } from 'd3-array';
import { useMemo } from 'preact/hooks';
import { percent } from '../format';
import { ValueAxis } from './axes';
import type { Foot } from './foot';
import { FootFrame, type Drawing } from './foot-frame';
import type { Plot } from './frame';
import { EndLabels, gutter } from './labels';
import { ribbonPath } from './paths';
import { linear, type Scale } from './scale';
import { seriesAt } from './series';
import { textWidth } from './text';

export interface Layer {
  name: string;
  /** One fraction of the whole for each place of the foot. */
  values: number[];
}

interface StackProps {
  label: string;
  height: number;
  foot: Foot;
  /** The first lies at the bottom. */
  layers: Layer[];
}

/** Where a layer lies: from one level to another at each place. */
interface Ribbon {
  layer: Layer;
  from: number[];
  to: number[];
}

/** Shares of a whole along the foot, named where they end; short positions lie below zero. */
export function StackChart(props: StackProps) {
  const { layers } = props;
  const room = gutter(layers.map(layer => ({ name: layer.name, value: '100.0 %' })));
  const read = (i: number) => layers.map(layer => `${layer.name} ${percent(layer.values[i])}`).join(', ');
  return (
    <FootFrame height={props.height} label={props.label} foot={props.foot} gutter={room} read={read}>
      {drawing => <Ribbons {...props} drawing={drawing} />}
    </FootFrame>
  );
}

function Ribbons({ foot, layers, drawing: { plot, x, at } }: StackProps & { drawing: Drawing }) {
  const ribbons = useMemo(() => stacked(layers), [layers]);
  const y = useMemo(() => levels(ribbons, plot), [ribbons, plot.width]);
  const still = useMemo(() => <Still ribbons={ribbons} places={foot.places} plot={plot} x={x} y={y} />, [y]);
  const last = foot.places.length - 1;
  return (
    <>
      {still}
      <InnerNames ribbons={ribbons} places={foot.places} plot={plot} x={x} y={y} />
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
function Still({ ribbons, places, plot, x, y }: { ribbons: Ribbon[]; places: number[]; plot: Plot; x: Scale; y: Scale }) {
  const edge = (values: number[]) => values.map((level, i) => ({ x: x(places[i]), y: y(level) }));
  return (
    <>
      {ribbons.map(({ layer, from, to }, k) => (
        <path key={layer.name} d={ribbonPath(edge(to), edge(from))} class={`ribbon series-${seriesAt(k)} ${k % 2 ? 'odd' : 'even'}`} />
      ))}
      <ValueAxis plot={plot} y={y} format={value => percent(value, 0)} />
    </>
  );
}

/** A layer that is thin where the names stand is named again where it is thickest. */
function InnerNames({ ribbons, places, plot, x, y }: { ribbons: Ribbon[]; places: number[]; plot: Plot; x: Scale; y: Scale }) {
  const thickness = ({ from, to }: Ribbon, i: number) => Math.abs(y(from[i]) - y(to[i]));
  return (
    <g>
      {ribbons.filter(ribbon => thickness(ribbon, places.length - 1) < 8).map(ribbon => {
        const at = maxIndex(places, (_, i) => thickness(ribbon, i));
        const half = textWidth(ribbon.layer.name) / 2 + 4;
        const middle = Math.min(plot.right - half, Math.max(plot.left + half, x(places[at])));
        if (thickness(ribbon, at) < 15) return null;
        return <text key={ribbon.layer.name} x={middle} y={y((ribbon.from[at] + ribbon.to[at]) / 2) + 4} class="middle told">{ribbon.layer.name}</text>;
      })}
    </g>
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
