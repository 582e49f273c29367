// The pictures of chosen weights, by the name of the place that the page keeps for each.
import type { ComponentChild } from 'preact';
import { RiskMark } from './charts/risk-mark';
import { seriesAt } from './charts/series';
import { ShareMark } from './charts/share-mark';
import { clustersOf } from './charts/tree';
import { plain } from './format';
import { FrontierPanel, ordered } from './parts/frontier';
import { TreePanel } from './parts/tree';
import type { AssetChange, Dendrogram, FrontierCurve, OptimiseReport } from './types';

export function optimiseSections({ assets, tree, frontier }: OptimiseReport): Record<string, () => ComponentChild> {
  return {
    ...shareMarks(assets),
    ...tree && { tree: () => <TreePanel tree={tree} weights={new Map(assets.map(asset => [asset.name, asset.after]))} /> },
    ...frontier && { frontier: () => <Frontier curve={ordered(frontier)} tree={tree} /> },
  };
}

/** A mark in each row of the table: both shares of risk, or the weight beside the share where nothing was held before. */
function shareMarks(assets: AssetChange[]) {
  const all = assets.flatMap(asset => [asset.riskAfter, asset.riskBefore ?? asset.after]);
  const range: [number, number] = [Math.min(0, ...all), Math.max(...all)];
  return Object.fromEntries(assets.map(({ riskBefore, riskAfter, after }, i) => [`share-${i}`, () => riskBefore === null
    ? <RiskMark weight={after} share={riskAfter} range={range} />
    : <ShareMark before={riskBefore} after={riskAfter} range={range} />]));
}

/** Colours say here which cluster an asset belongs to, as in the tree above. */
function Frontier({ curve, tree }: { curve: FrontierCurve; tree: Dendrogram | null }) {
  const clusters = tree && new Map(clustersOf(tree).slice(0, tree.names.length).map((cluster, i) => [plain(tree.names[i], 14), cluster]));
  const series = curve.assets.map(({ name }) => {
    const cluster = clusters?.get(name) ?? null;
    return cluster === null ? 'rest' : seriesAt(cluster);
  });
  return <FrontierPanel title="Is there better?" curve={curve} series={series} />;
}
