import { extent } from 'd3-array';
import { seriesAt } from '../charts/series';
import { TimeChart } from '../charts/time';
import { plain, points } from '../format';
import type { Asset } from '../types';

/** When each asset left its band: one small picture each, all on one scale so that they can be compared. */
export function DriftMultiples({ assets, times }: { assets: Asset[]; times: number[] }) {
  const range = shared(assets);
  return (
    <div class="multiples">
      {assets.map((asset, k) => (
        <figure key={asset.name}>
          <figcaption>{plain(asset.name)} <span class="dim">{bandText(asset)}</span></figcaption>
          <TimeChart
            height={104} label={`Drift of ${plain(asset.name)} from target, points of value`} times={times} range={range}
            lines={[{ name: '', values: asset.drift, series: seriesAt(k) }]} band={bandOf(asset)}
            tick={value => points(value, 0)} exact={value => points(value)}
          />
        </figure>
      ))}
    </div>
  );
}

function bandOf({ bandLow, bandHigh }: Asset): [number, number] | null {
  return bandLow === null || bandHigh === null ? null : [bandLow, bandHigh];
}

function bandText(asset: Asset): string {
  const band = bandOf(asset);
  if (!band) return 'no band';
  return -band[0] === band[1] ? `band ±${points(band[1]).slice(1)}` : `band ${points(band[0])}/${points(band[1])}`;
}

function shared(assets: Asset[]): [number, number] {
  const [low, high] = extent(assets.flatMap(asset => [...asset.drift, ...(bandOf(asset) ?? [])]));
  const most = Math.max(Math.abs(low!), Math.abs(high!), 0.001) * 1.05;
  return [-most, most];
}
