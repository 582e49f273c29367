import { stack, stackOffsetDiverging } from 'd3-shape';
import { percent } from '../format';
import { ValueAxis } from './axes';
import { EndLabels, gutter } from './labels';
import { ribbonPath } from './paths';
import { linear } from './scale';
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

const wholePercent = (value: number) => percent(value, 0);

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
  const stacked = stack<unknown, number, number>()
    .keys(layers.keys())
    .value((_, key, i) => layers[key].values[i])
    .offset(stackOffsetDiverging);
  const ribbons = stacked(times.map((_, i) => i));
  const low = Math.min(0, ...ribbons.flatMap(ribbon => ribbon.map(edge => edge[0])));
  const high = Math.max(1, ...ribbons.flatMap(ribbon => ribbon.map(edge => edge[1])));
  const y = linear([low, high], [plot.bottom, plot.top]);
  const last = times.length - 1;
  return (
    <>
      {ribbons.map((ribbon, k) => (
        <path
          key={layers[k].name}
          d={ribbonPath(ribbon.map((edge, i) => ({ x: x(times[i]), y: y(edge[1]) })), ribbon.map((edge, i) => ({ x: x(times[i]), y: y(edge[0]) })))}
          class={`ribbon series-${seriesAt(k)} ${k % 2 ? 'odd' : 'even'}`}
        />
      ))}
      <ValueAxis plot={plot} y={y} format={wholePercent} />
      <EndLabels plot={plot} labels={ribbons.map((ribbon, k) => ({
        name: layers[k].name,
        series: seriesAt(k),
        value: percent(layers[k].values[at ?? last]),
        y: y((ribbon[last][0] + ribbon[last][1]) / 2),
      }))} />
    </>
  );
}
