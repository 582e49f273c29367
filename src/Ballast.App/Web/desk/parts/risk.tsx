import { RiskMark } from '../charts/risk-mark';
import { percent, plain } from '../format';
import type { Asset } from '../types';
import { Panel } from './panel';

interface Carried {
  name: string;
  weight: number;
  share: number;
}

/** Who carries the risk: at the end of the history, and on average over it. */
export function RiskPanels({ assets }: { assets: Asset[] }) {
  const end = assets.map(asset => ({ name: asset.name, weight: asset.weights[asset.weights.length - 1], share: asset.riskShare }));
  const average = assets.map(asset => ({ name: asset.name, weight: asset.averageWeight, share: asset.averageRiskShare }));
  const all = [...end, ...average].flatMap(carried => [carried.weight, carried.share]);
  const range: [number, number] = [Math.min(0, ...all), Math.max(...all)];
  return (
    <>
      <RiskTable title="Risk against weight, at the end" carried={end} range={range} />
      <RiskTable title="Risk against weight, on average" carried={average} range={range} />
    </>
  );
}

function RiskTable({ title, carried, range }: { title: string; carried: Carried[]; range: [number, number] }) {
  return (
    <div class="panel">
      <Panel title={title} unit="share of variance; the tick is the weight">
        <table class="risk">
          <caption class="hidden">{title}</caption>
          <thead><tr><th scope="col">Asset</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Risk</th><td /></tr></thead>
          <tbody>
            {carried.map(({ name, weight, share }) => (
              <tr key={name}>
                <th scope="row">{plain(name)}</th>
                <td class="number dim">{percent(weight)}</td>
                <td class="number">{percent(share)}</td>
                <td class="mark"><RiskMark weight={weight} share={share} range={range} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </div>
  );
}
