// The pictures of a back-test report, by the name of the place that the page keeps for each.
import { min } from 'd3-array';
import type { ComponentChild } from 'preact';
import { isDaily, overTime } from './charts/foot';
import { StackChart } from './charts/stack';
import { TimeChart, type Line } from './charts/time';
import { amount, moment, number, percent, plain, points, short } from './format';
import { DriftMultiples } from './parts/drift';
import { NeighboursPanel, ofPolicies } from './parts/neighbours';
import { Panel } from './parts/panel';
import { regionMarks, shareMarks } from './parts/standing';
import type { Columns } from './parts/table';
import { Trades } from './parts/trades';
import type { Asset, BacktestReport } from './types';

export function backtestSections(report: BacktestReport): Record<string, () => ComponentChild> {
  const ordered = { ...report, assets: byTarget(report.assets) };
  return {
    neighbours: () => <NeighboursPanel captions={{ ...ofPolicies, title: 'Was this the right setting?' }} runs={report.neighbours ?? []} />,
    value: () => <Value {...ordered} />,
    fall: () => <Fall {...ordered} />,
    weights: () => <Weights {...ordered} />,
    drift: () => <Drift {...ordered} />,
    cost: () => <Cost {...ordered} />,
    turnover: () => <Turnover {...ordered} />,
    ...regionMarks(report.assets),
    ...shareMarks(report.assets.map(asset => ({ before: asset.holdRiskShare, after: asset.riskShare, weight: asset.weights[asset.weights.length - 1] }))),
    trades: () => <Trades trades={report.trades} />,
  };
}

/** Assets keep their colour by order of target weight in every picture. */
const byTarget = (assets: Asset[]) => [...assets].sort((a, b) => b.target - a.target);

function Value({ times, equity, hold, base, rebalances }: BacktestReport) {
  const lines: Line[] = [{ name: 'Hold', values: hold, series: 'rest' }, { name: 'Policy', values: equity, series: 1 }];
  const log = [...equity, ...hold].every(value => value > 0);
  const reasons = new Map(rebalances.map(({ index, reason }) => [index, `▲ ${plain(reason, 70)}`]));
  return (
    <Panel title="Value" unit={`${plain(base)}${log ? ', log scale' : ''}; ▲ each rebalance`} columns={() => linesAsTable(times, lines, amount)}>
      <TimeChart
        label="Value of the policy and of holding" height={270} log={log} times={times} lines={lines}
        events={[...reasons.keys()]} tell={i => reasons.get(i) ?? ''} tick={short} exact={amount}
      />
    </Panel>
  );
}

function Fall({ times, fall, holdFall }: BacktestReport) {
  const lines: Line[] = [{ name: 'Hold', values: holdFall, series: 'rest' }, { name: 'Policy', values: fall, series: 1 }];
  return (
    <Panel title="Fall from the last high" unit="percent of the high" columns={() => linesAsTable(times, lines, percent)}>
      <TimeChart
        label="Fall of the policy and of holding from the last high" height={170} filled times={times} lines={lines} spell={longestFall(times, fall)}
        range={[Math.min(-0.01, min(fall)!, min(holdFall)!), 0]}
        tick={value => percent(value, 0)} exact={value => percent(value)}
      />
    </Panel>
  );
}

/** The longest time below a high; one that has not recovered lasts to the end. */
function longestFall(times: number[], fall: number[]) {
  let longest = { from: 0, to: 0 };
  for (let from = 0, to = 0; from < fall.length; from = to + 1) {
    for (to = from; to + 1 < fall.length && fall[to + 1] < 0;) to++;
    if (to - from > longest.to - longest.from) longest = { from, to };
  }
  const { from, to } = longest;
  const day = (i: number) => moment(times[i], true);
  return to === from ? null : { from, to, text: `longest fall, ${to === fall.length - 1 ? `since ${day(from)}` : `${day(from)} to ${day(to)}`}` };
}

function Weights({ times, assets }: BacktestReport) {
  const layers = assets.map(({ name, weights }) => ({ name: plain(name, 14), values: weights }));
  return (
    <Panel title="Weights" unit="share of value, end of bar" columns={() => linesAsTable(times, layers, percent)}>
      <StackChart label="Weight of each asset over time" height={Math.max(200, 40 + 15 * assets.length)} foot={overTime(times)} layers={layers} />
    </Panel>
  );
}

function Drift({ times, assets }: BacktestReport) {
  const lines = assets.map(({ name, drift }) => ({ name: plain(name, 14), values: drift }));
  return (
    <Panel title="Drift from target" unit="points of value; tinted: inside the band" columns={() => linesAsTable(times, lines, points)}>
      <DriftMultiples assets={assets} times={times} />
    </Panel>
  );
}

function Cost({ times, cost, base }: BacktestReport) {
  const lines: Line[] = [{ name: 'Cost', values: cost, series: 1 }];
  return (
    <Panel title="Cost so far" unit={`${plain(base)}, cumulated`} columns={() => linesAsTable(times, lines, amount)}>
      <TimeChart label="Cost, cumulated" height={170} times={times} lines={lines} tick={short} exact={amount} />
    </Panel>
  );
}

function Turnover({ times, turnover }: BacktestReport) {
  const lines: Line[] = [{ name: 'Traded', values: turnover, series: 1 }];
  const multiple = (value: number) => `${number(value)} ×`;
  return (
    <Panel title="Turnover so far" unit="both sides, multiples of value" columns={() => linesAsTable(times, lines, multiple)}>
      <TimeChart label="Turnover, cumulated" height={170} times={times} lines={lines} tick={value => number(value, 1)} exact={multiple} />
    </Panel>
  );
}

function linesAsTable(times: number[], lines: { name: string; values: number[] }[], format: (value: number) => string): Columns {
  const daily = isDaily(times);
  return {
    names: ['Time', ...lines.map(line => line.name)],
    rows: times.map((time, i) => [moment(time, daily), ...lines.map(line => format(line.values[i]))]),
  };
}
