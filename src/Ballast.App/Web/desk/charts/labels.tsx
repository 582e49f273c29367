import type { Plot } from './frame';
import type { Series } from './series';
import { widest } from './text';

/** A name beside the end of its mark. */
export interface EndLabel {
  name: string;
  value: string;
  series: Series;
  /** The one that the picture is about. */
  main?: boolean;
  /** Where the mark ends, in pixels from the top. */
  y: number;
}

const gap = 13;

/** Names at the right edge instead of a legend; they step aside for each other and keep a line to their mark. */
export function EndLabels({ plot, labels }: { plot: Plot; labels: EndLabel[] }) {
  const sorted = [...labels].reverse().sort((a, b) => a.y - b.y);
  const places = spread(sorted.map(label => label.y), plot.top + 4, plot.bottom - 2);
  return (
    <g>
      {sorted.map((label, i) => (
        <g key={label.name} class={`series-${label.series}`}>
          <path d={`M${plot.right + 2},${label.y}L${plot.right + 9},${places[i]}`} class="leader" />
          <text x={plot.right + 12} y={places[i] + 4} class={label.main ? 'name strong' : 'name'}>{label.name} <tspan class="value">{label.value}</tspan></text>
        </g>
      ))}
    </g>
  );
}

/** Room that the longest of the labels takes; named series get at least as much everywhere, so that times stand under each other. */
export function gutter(labels: { name: string; value: string }[]): number {
  const longest = widest(labels.map(label => `${label.name} ${label.value}`));
  const least = labels.some(label => label.name) ? 104 : 0;
  return Math.max(least, Math.ceil(longest) + 16);
}

/** Moves rising positions apart to at least one line of text, inside the bounds while they fit. */
export function spread(positions: number[], least: number, most: number): number[] {
  const places = positions.map(y => Math.min(most, Math.max(least, y)));
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + gap);
  for (let i = places.length - 1, floor = most; i >= 0; i--, floor = places[i + 1] - gap) places[i] = Math.min(places[i], floor);
  return places;
}
