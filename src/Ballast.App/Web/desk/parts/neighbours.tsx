import { efficient, Pareto } from '../charts/pareto';
import { number, percent, plain } from '../format';
import type { Run, RunCaptions } from '../types';
import { Panel } from './panel';

export const ofPolicies: RunCaptions = { title: '', cost: 'cost, bps of value a year', risk: 'tracking error a year', run: 'Policy', trades: 'rebalances' };

/** What was tried on the same history: what each costs and how little risk it leaves. */
export function NeighboursPanel({ captions, runs, height }: { captions: RunCaptions; runs: Run[]; height?: number }) {
  const named = runs.map(run => ({ ...run, label: plain(run.label, 24) }));
  const front = efficient(named);
  const columns = () => ({
    names: [captions.run, captions.cost, captions.risk, captions.trades, 'Efficient'],
    rows: named.map(run => [
      run.label, number(run.costBps, 1), percent(run.trackingError, 2), number(run.rebalances, 0), front.includes(run) ? 'yes' : 'no',
    ]),
  });
  return (
    <Panel title={captions.title} unit={`${runs.length} tried on the same history; the line joins those that nothing beats in both`} columns={columns}>
      <Pareto
        label={`${captions.cost} against ${captions.risk} of ${runs.length}, ${front.length} of them efficient`}
        captions={captions} runs={named} {...(height ? { height } : {})}
      />
    </Panel>
  );
}
