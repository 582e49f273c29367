import type { Plot } from './frame';
import type { Point } from './paths';
import { placeLabels } from './place';

export interface NamedDot extends Point {
  label: string;
  /** One that the picture is about. */
  main: boolean;
}

/** Names beside dots, the important ones first. */
export function DotLabels({ dots, plot, lines = [] }: { dots: NamedDot[]; plot: Plot; lines?: Point[] }) {
  return (
    <g>
      {placeLabels(dots, plot, lines).map(({ dot, x, y, leader }) => (
        <g key={dot.label}>
          {leader && <path d={leader} class="leader thin" />}
          <text x={x} y={y} class={dot.main ? 'name strong' : 'name'}>{dot.label}</text>
        </g>
      ))}
    </g>
  );
}
