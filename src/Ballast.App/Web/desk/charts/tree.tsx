import type { Dendrogram } from '../types';
import { NumberAxis } from './axes';
import { Picture, type Plot } from './frame';
import { HeatRows, leastNamed } from './heat';
import { linear, type Scale } from './scale';
import { seriesAt } from './series';
import { widest } from './text';

interface TreeProps {
  label: string;
  tree: Dendrogram;
  /** What stands at each leaf, in the order of the names. */
  texts: string[];
}

interface Layout {
  plot: Plot;
  /** Height of a leaf. */
  row: number;
  /** Width of a cell; 0 where there is no room for them. */
  cell: number;
}

/** Who moves with whom: the nearest join first, seen from the right; each leaf is a row of the table of correlations. */
export function TreeChart({ label, tree, texts }: TreeProps) {
  return (
    <Picture height={width => layoutFor(width, tree, texts).plot.height} label={label}>
      {width => <Marks tree={tree} texts={texts} {...layoutFor(width, tree, texts)} />}
    </Picture>
  );
}

/** Cells and names take what they need, the tree has the rest; cells too narrow to be seen are left out. */
function layoutFor(width: number, { names, correlation }: Dendrogram, texts: string[]): Layout {
  const row = names.length <= 16 ? 24 : names.length <= 32 ? 19 : 14;
  const room = 20 + widest(texts);
  const share = Math.floor(Math.min(44, (width * 0.72 - room) / names.length));
  const cell = correlation && share >= 5 ? share : 0;
  const top = 12 + (cell >= leastNamed ? widest(names) : 0);
  const height = top + row * names.length + 40;
  return { row, cell, plot: { width, height, left: 12, right: width - room - cell * names.length, top, bottom: height - 40 } };
}

function Marks({ tree, texts, row, cell, plot }: Omit<TreeProps, 'label'> & Layout) {
  const x = linear([tree.merges[tree.merges.length - 1].height || 1, 0], [plot.left, plot.right]);
  const middles = tree.leaves.map((_, place) => plot.top + row * (place + 0.5));
  return (
    <>
      <Branches tree={tree} x={x} middles={middles} />
      <Cut tree={tree} x={x} plot={plot} />
      {tree.leaves.map((leaf, place) => <text key={leaf} x={plot.right + 8} y={middles[place] + 4} class="name">{texts[leaf]}</text>)}
      {tree.correlation && cell > 0 && (
        <HeatRows names={tree.names} cells={tree.correlation} order={tree.leaves} left={plot.width - cell * tree.names.length} size={cell} row={row} top={plot.top} />
      )}
      <NumberAxis plot={plot} x={x} format={value => value.toFixed(1)} caption="distance" />
    </>
  );
}

/** Right angles from each join to what it joins; inside a cluster they have its colour. */
function Branches({ tree, x, middles }: { tree: Dendrogram; x: Scale; middles: number[] }) {
  const n = tree.names.length;
  const groups = clustersOf(tree);
  const heights = [...tree.names.map(() => 0), ...tree.merges.map(merge => merge.height)];
  const level: number[] = [];
  tree.leaves.forEach((leaf, place) => level[leaf] = middles[place]);
  tree.merges.forEach(({ left, right }, k) => level[n + k] = (level[left] + level[right]) / 2);
  return (
    <g>
      {tree.merges.map(({ left, right, height }, k) => (
        <path
          key={k} d={`M${x(heights[left])},${level[left]}H${x(height)}V${level[right]}H${x(heights[right])}`}
          class={`branch ${groups[n + k] === null ? 'above' : `series-${seriesAt(groups[n + k]!)}`}`}
        />
      ))}
    </g>
  );
}

/** The line between what is joined and what is cut. */
function Cut({ tree: { merges, clusters }, x, plot }: { tree: Dendrogram; x: Scale; plot: Plot }) {
  if (clusters < 2) return null;
  const below = merges.length - clusters < 0 ? 0 : merges[merges.length - clusters].height;
  const at = x((below + merges[merges.length - clusters + 1].height) / 2);
  return <line x1={at} x2={at} y1={plot.top} y2={plot.bottom} class="cut" />;
}

/** The cluster of each node, counted from the first leaf; null above the cut, and everywhere where the tree is not cut. */
export function clustersOf({ names, merges, leaves, clusters }: Dendrogram): (number | null)[] {
  const n = names.length;
  const groups: (number | null)[] = Array.from({ length: n + merges.length }, () => null);
  if (clusters < 2) return groups;
  const parents: number[] = [];
  merges.forEach(({ left, right }, k) => parents[left] = parents[right] = n + k);
  const top = (id: number): number => parents[id] < 2 * n - clusters ? top(parents[id]) : id;
  const tops = [...new Set(leaves.map(top))];
  return groups.map((_, id) => id < 2 * n - clusters ? tops.indexOf(top(id)) : null);
}
