import { TreeChart } from '../charts/tree';
import { number, percent, plain } from '../format';
import type { Dendrogram } from '../types';
import { Panel } from './panel';

/** The tree by which the weight was divided, with what each leaf got. */
export function TreePanel({ tree, weights }: { tree: Dendrogram; weights: Map<string, number> }) {
  const named = { ...tree, names: tree.names.map(name => plain(name, 14)) };
  const texts = tree.names.map((name, i) => `${named.names[i]} ${percent(weights.get(name) ?? 0)}`);
  const cut = tree.clusters > 1 ? `; dashed: cut into ${tree.clusters} clusters` : '';
  const columns = tree.correlation === null ? undefined : () => ({
    names: ['Correlation', ...tree.leaves.map(leaf => named.names[leaf])],
    rows: tree.leaves.map(leaf => [named.names[leaf], ...tree.leaves.map(other => number(tree.correlation![leaf][other]))]),
  });
  return (
    <Panel title="Who moves with whom" unit={`joined by distance, with the weight chosen${tree.correlation ? '; cells: correlation' : ''}${cut}`} {...(columns ? { columns } : {})}>
      <TreeChart label={`Tree of ${tree.names.length} assets, from left to right: ${tree.leaves.map(leaf => named.names[leaf]).join(', ')}`} tree={named} texts={texts} />
    </Panel>
  );
}
