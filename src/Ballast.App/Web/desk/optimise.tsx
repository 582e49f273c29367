// The pictures of chosen weights, by the name of the place that the page keeps for each.
import type { ComponentChild } from 'preact';
import { seriesAt } from './charts/series';
import { clustersOf } from './charts/tree';
import { plain } from './format';
import { FrontierPanel, ordered } from './parts/frontier';
import { shareMarks } from './parts/standing';
import { TreePanel } from './parts/tree';
import type { Dendrogram, FrontierCurve, OptimiseReport } from './types';

export function optimiseSections({ assets, tree, frontier }: OptimiseReport): Record<string, () => ComponentChild> {
  return {
    ...shareMarks(assets.map(({ riskBefore, riskAfter, after }) => ({ before: riskBefore, after: riskAfter, weight: after }))),
    ...tree && { tree: () => <TreePanel tree={tree} weights={new Map(assets.map(asset => [asset.name, asset.after]))} /> },
    ...frontier && { frontier: () => <Frontier curve={ordered(frontier)} tree={tree} /> },
  };
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
