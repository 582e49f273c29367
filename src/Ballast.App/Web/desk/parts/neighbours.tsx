import { efficient, Pareto } from '../charts/pareto';
import { number, percent, plain } from '../format';
import type { Run } from '../types';
import { Panel } from './panel';

/** Policies tried on the same history: what each costs and how closely it keeps to the target. */
export function NeighboursPanel({ title, runs, height }: { title: string; runs: Run[]; height?: number }) {
  const named = runs.map(run => ({ ...run, label: plain(run.label, 24) }));
  const front = efficient(named);
  const columns = () => ({
    names: ['Policy', 'Cost, bps a year', 'Tracking error', 'Rebalances', 'Efficient'],
    rows: named.map(run => [
      run.label, number(run.costBps, 1), percent(run.trackingError, 2), number(run.rebalances, 0), front.includes(run) ? 'yes' : 'no',
    ]),
  });
  return (
    <Panel title={title} unit={`${runs.length} policies on the same history; the line joins those that nothing beats in both`} columns={columns}>
      <Pareto
        label={`Yearly cost against tracking error of ${runs.length} policies, ${front.length} of them efficient`}
        runs={named} {...(height ? { height } : {})}
      />
    </Panel>
  );
}
