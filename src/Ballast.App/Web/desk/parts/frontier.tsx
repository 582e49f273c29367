import { mean } from 'd3-array';
import { overNumbers } from '../charts/foot';
import { FrontierChart } from '../charts/frontier';
import { markName } from '../charts/marks';
import { seriesAt, type Series } from '../charts/series';
import { StackChart } from '../charts/stack';
import { number, percent, plain } from '../format';
import type { FrontierCurve, RiskReturn } from '../types';
import { Panel } from './panel';

/** Is there better? Where the assets, the frontier and the portfolios with a name lie. */
export function FrontierPanel({ title, curve, series = curve.assets.map((_, k) => seriesAt(k)) }: {
  title: string;
  curve: FrontierCurve;
  /** The colours of the assets, where they are not those of the weights along the frontier. */
  series?: Series[];
}) {
  const { points, assets, riskFree } = curve;
  const turning = points.filter(point => point.turning).length;
  const tell = (i: number) => [where(points[i], riskFree), ...heldAt(curve, i)];
  return (
    <Panel title={title} unit={unitOf(turning, riskFree)} columns={() => columnsOf(curve)}>
      <FrontierChart label={`Efficient frontier of ${assets.length} assets: ${ends(curve)}`} curve={curve} height={420} series={series} tell={tell} />
    </Panel>
  );
}

/** What the frontier holds, from the least variance to the greatest return. */
export function CompositionPanel({ title, curve }: { title: string; curve: FrontierCurve }) {
  const layers = curve.assets.map(({ name, weights }) => ({ name, values: weights })).filter(layer => layer.values.some(held));
  const foot = overNumbers(curve.points.map(point => point.return), percent);
  return (
    <Panel title={title} unit="share of value; along the foot the expected return a year" columns={() => columnsOf(curve)}>
      <StackChart label="Weight of each asset along the frontier" height={Math.max(240, 40 + 15 * layers.length)} layers={layers} foot={foot} />
    </Panel>
  );
}

/** Names fit to be shown, and the assets in the order of their weight along the frontier, which also gives them their colour. */
export function ordered(curve: FrontierCurve): FrontierCurve {
  const order = [...curve.assets.keys()].sort((a, b) => mean(curve.assets[b].weights)! - mean(curve.assets[a].weights)!);
  return {
    ...curve,
    assets: order.map(i => ({ ...curve.assets[i], name: plain(curve.assets[i].name, 14) })),
    marks: curve.marks.map(mark => ({ ...mark, weights: order.map(i => mark.weights[i]) })),
  };
}

const held = (weight: number) => Math.abs(weight) >= 0.0005;

function where(point: RiskReturn, riskFree: number | null): string {
  const sharpe = riskFree === null || point.volatility <= 0 ? '' : `, Sharpe ${number((point.return - riskFree) / point.volatility)}`;
  return `return ${percent(point.return)}, volatility ${percent(point.volatility)}${sharpe}`;
}

/** The largest weights at a point, and how many smaller ones there are. */
function heldAt({ assets }: FrontierCurve, at: number): string[] {
  const weights = assets.filter(asset => held(asset.weights[at])).sort((a, b) => b.weights[at] - a.weights[at]);
  const most = weights.length > 9 ? 8 : 9;
  const rest = weights.slice(most).reduce((sum, asset) => sum + asset.weights[at], 0);
  return [
    ...weights.slice(0, most).map(asset => `${asset.name} ${percent(asset.weights[at])}`),
    ...weights.length > most ? [`${weights.length - most} more ${percent(rest)}`] : [],
  ];
}

function unitOf(turning: number, riskFree: number | null): string {
  const parts = [
    ...turning > 1 ? [`${turning} turning points ○`] : [],
    ...riskFree === null ? [] : ['dashed: cash with the best Sharpe'],
  ];
  return parts.join('; ') || 'the least volatility for each return';
}

function ends({ points, marks }: FrontierCurve): string {
  const last = points[points.length - 1];
  const named = marks.map(mark => `; ${markName(mark.kind)}: ${where(mark, null)}`);
  return `from ${where(points[0], null)} to ${where(last, null)}${named.join('')}`;
}

/** The turning points say everything: between them weights are linear. Without them, every point. */
function columnsOf({ points, assets, riskFree }: FrontierCurve) {
  const all = [...points.keys()];
  const shown = points.some(point => point.turning) ? all.filter(i => points[i].turning) : all;
  return {
    names: ['Return', 'Volatility', ...riskFree === null ? [] : ['Sharpe'], ...assets.map(asset => asset.name)],
    rows: shown.map(i => [
      percent(points[i].return, 2), percent(points[i].volatility, 2),
      ...riskFree === null ? [] : [points[i].volatility > 0 ? number((points[i].return - riskFree) / points[i].volatility) : '–'],
      ...assets.map(asset => percent(asset.weights[i])),
    ]),
  };
}
