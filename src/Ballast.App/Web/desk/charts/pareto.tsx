import { max } from 'd3-array';
import { number, percent } from '../format';
import type { Run, RunCaptions } from '../types';
import { NumberAxis, ValueAxis } from './axes';
import { DotLabels } from './dot-labels';
import { Picture, type Plot } from './frame';
import { linePath } from './paths';
import { linear } from './scale';

/** What each run costs against the risk that it leaves; the line joins those that nothing beats in both. */
export function Pareto({ label, captions, runs, height = 264, chosen = 'this run', pick }: {
  label: string;
  captions: RunCaptions;
  runs: Run[];
  height?: number;
  /** What the one that stands out is. */
  chosen?: string;
  /** Told the position of a dot that is clicked; a table beside it does the same by keys. */
  pick?: (index: number) => void;
}) {
  return (
    <Picture height={height} label={label}>
      {width => <Dots captions={captions} runs={runs} chosen={chosen} {...(pick ? { pick } : {})} plot={{ width, height, left: 46, right: width - 16, top: 22, bottom: height - 40 }} />}
    </Picture>
  );
}

function Dots({ captions, runs, plot, chosen, pick }: { captions: RunCaptions; runs: Run[]; plot: Plot; chosen: string; pick?: (index: number) => void }) {
  const x = linear([0, (max(runs, run => run.costBps) || 1) * 1.05], [plot.left, plot.right]);
  const y = linear([0, (max(runs, run => run.trackingError) || 0.01) * 1.08], [plot.bottom, plot.top]);
  const dots = runs.map(run => ({ run, x: x(run.costBps), y: y(run.trackingError), main: run.chosen, label: run.chosen ? `${run.label}, ${chosen}` : run.label }));
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
        <circle key={dot.label} cx={dot.x} cy={dot.y} r={dot.run.chosen ? 6 : 3.5} class={dot.run.chosen ? 'dot series-1' : 'dot series-rest'} {...(pick ? { onClick: () => pick(runs.indexOf(dot.run)) } : {})}>
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
