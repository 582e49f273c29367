import { max } from 'd3-array';
import { number, percent } from '../format';
import type { Run } from '../types';
import { ValueAxis } from './axes';
import { Picture, type Plot } from './frame';
import { linePath } from './paths';
import { placeLabels } from './place';
import { linear } from './scale';

/** What each policy costs against how closely it keeps to the target; the line joins those that nothing beats in both. */
export function Pareto({ label, runs, height = 264 }: { label: string; runs: Run[]; height?: number }) {
  return (
    <Picture height={height} label={label}>
      {width => <Dots runs={runs} plot={{ width, height, left: 46, right: width - 16, top: 22, bottom: height - 40 }} />}
    </Picture>
  );
}

function Dots({ runs, plot }: { runs: Run[]; plot: Plot }) {
  const x = linear([0, (max(runs, run => run.costBps) || 1) * 1.05], [plot.left, plot.right]);
  const y = linear([0, (max(runs, run => run.trackingError) || 0.01) * 1.08], [plot.bottom, plot.top]);
  const dots = runs.map(run => ({ run, x: x(run.costBps), y: y(run.trackingError), label: run.chosen ? `${run.label}, this run` : run.label }));
  const inFront = new Set(efficient(runs));
  const line = dots.filter(dot => inFront.has(dot.run)).sort((a, b) => a.x - b.x);
  const rank = (run: Run) => run.chosen ? 0 : inFront.has(run) ? 1 : 2;
  const chosenFirst = [...dots].sort((a, b) => rank(a.run) - rank(b.run));
  return (
    <>
      <ValueAxis plot={plot} y={y} format={value => percent(value)} />
      <g class="axis">
        <text x={plot.left} y={12}>tracking error a year</text>
        {x.ticks(6).map(value => <text key={value} x={x(value)} y={plot.bottom + 16} class="middle">{number(value, 0)}</text>)}
        <text x={plot.right} y={plot.bottom + 34} class="end">cost, bps of value a year</text>
      </g>
      <path d={linePath(line)} class="front" />
      {dots.map(dot => (
        <circle key={dot.label} cx={dot.x} cy={dot.y} r={dot.run.chosen ? 6 : 3.5} class={dot.run.chosen ? 'dot series-1' : 'dot series-rest'}>
          <title>{`${dot.run.label}: ${number(dot.run.costBps, 1)} bps, ${percent(dot.run.trackingError, 2)}, ${dot.run.rebalances} rebalances`}</title>
        </circle>
      ))}
      {placeLabels(chosenFirst, plot).map(({ dot, x: left, y: foot }) => (
        <text key={dot.label} x={left} y={foot} class={dot.run.chosen ? 'name strong' : 'name'}>{dot.label}</text>
      ))}
    </>
  );
}

/** The runs that no other run beats in cost and in tracking error. */
export function efficient(runs: Run[]): Run[] {
  const beats = (a: Run, b: Run) =>
    a.costBps <= b.costBps && a.trackingError <= b.trackingError && (a.costBps < b.costBps || a.trackingError < b.trackingError);
  return runs.filter(run => !runs.some(other => beats(other, run)));
}
