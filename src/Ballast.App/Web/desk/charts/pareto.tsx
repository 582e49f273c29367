import { max } from 'd3-array';
import { number, percent } from '../format';
import type { Run, RunCaptions } from '../types';
import { NumberAxis, ValueAxis } from './axes';
import { DotLabels } from './dot-labels';
import { Picture, type Plot } from './frame';
import { linePath } from './paths';
import { linear } from './scale';

/** What each run costs against the risk that it leaves; the line joins those that nothing beats in both. */
export function Pareto({ label, captions, runs, height = 264 }: { label: string; captions: RunCaptions; runs: Run[]; height?: number }) {
  return (
    <Picture height={height} label={label}>
      {width => <Dots captions={captions} runs={runs} plot={{ width, height, left: 46, right: width - 16, top: 22, bottom: height - 40 }} />}
    </Picture>
  );
}

function Dots({ captions, runs, plot }: { captions: RunCaptions; runs: Run[]; plot: Plot }) {
  const x = linear([0, (max(runs, run => run.costBps) || 1) * 1.05], [plot.left, plot.right]);
  const y = linear([0, (max(runs, run => run.trackingError) || 0.01) * 1.08], [plot.bottom, plot.top]);
  const dots = runs.map(run => ({ run, x: x(run.costBps), y: y(run.trackingError), main: run.chosen, label: run.chosen ? `${run.label}, this run` : run.label }));
  const inFront = new Set(efficient(runs));
  const line = dots.filter(dot => inFront.has(dot.run)).sort((a, b) => a.x - b.x);
  const rank = (run: Run) => run.chosen ? 0 : inFront.has(run) ? 1 : 2;
  const chosenFirst = [...dots].sort((a, b) => rank(a.run) - rank(b.run));
  return (
    <>
      <ValueAxis plot={plot} y={y} format={value => percent(value)} caption={captions.risk} />
      <NumberAxis plot={plot} x={x} format={value => number(value, 0)} caption={captions.cost} />
      <path d={linePath(line)} class="front" />
      {dots.map(dot => (
        <circle key={dot.label} cx={dot.x} cy={dot.y} r={dot.run.chosen ? 6 : 3.5} class={dot.run.chosen ? 'dot series-1' : 'dot series-rest'}>
          <title>{`${dot.run.label}: ${number(dot.run.costBps, 1)} bps, ${percent(dot.run.trackingError, 2)}, ${dot.run.rebalances} ${captions.trades}`}</title>
        </circle>
      ))}
      <DotLabels dots={chosenFirst} plot={plot} />
    </>
  );
}

/** The runs that no other run beats in cost and in tracking error. */
export function efficient(runs: Run[]): Run[] {
  const beats = (a: Run, b: Run) =>
    a.costBps <= b.costBps && a.trackingError <= b.trackingError && (a.costBps < b.costBps || a.trackingError < b.trackingError);
  return runs.filter(run => !runs.some(other => beats(other, run)));
}
