// The pictures of an efficient frontier, by the name of the place that the page keeps for each.
import { CompositionPanel, FrontierPanel, ordered } from './parts/frontier';
import type { FrontierReport } from './types';

export function frontierSections(report: FrontierReport) {
  const curve = ordered(report.frontier);
  return {
    frontier: () => <FrontierPanel title="The efficient frontier" curve={curve} />,
    composition: () => <CompositionPanel title="What lies on the frontier" curve={curve} />,
  };
}
