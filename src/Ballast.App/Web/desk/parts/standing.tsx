// Marks in the rows of a table, by the name of the place that the page keeps for each.
import type { ComponentChild } from 'preact';
import { RegionMark } from '../charts/region-mark';
import { RiskMark } from '../charts/risk-mark';
import { ShareMark } from '../charts/share-mark';
import type { Asset } from '../types';

interface Share {
  /** Share of variance before, null where nothing was held. */
  before: number | null;
  after: number;
  weight: number;
}

/** Both shares of risk in each row, or the weight beside the share where nothing was held before. */
export function shareMarks(shares: Share[]): Record<string, () => ComponentChild> {
  const all = shares.flatMap(({ before, after, weight }) => [after, before ?? weight]);
  const range: [number, number] = [Math.min(0, ...all), Math.max(...all)];
  return byRow('share', shares, ({ before, after, weight }) => before === null
    ? <RiskMark weight={weight} share={after} range={range} />
    : <ShareMark before={before} after={after} range={range} />);
}

/** Where each asset ended between the edges at which the policy acts. */
export function regionMarks(assets: Asset[]): Record<string, () => ComponentChild> {
  const last = (asset: Asset) => asset.drift[asset.drift.length - 1];
  const most = 1.05 * Math.max(0.001, ...assets.flatMap(asset => [last(asset), asset.bandLow ?? 0, asset.bandHigh ?? 0]).map(Math.abs));
  return byRow('region', assets, asset => <RegionMark drift={last(asset)} low={asset.bandLow} high={asset.bandHigh} range={[-most, most]} />);
}

const byRow = <T,>(name: string, rows: T[], mark: (row: T) => ComponentChild) =>
  Object.fromEntries(rows.map((row, i) => [`${name}-${i}`, () => mark(row)]));
