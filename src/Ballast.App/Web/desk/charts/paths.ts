// Lines and areas as SVG path text. More points than pixels cost time and show nothing: each column of pixels keeps
// its first, least, greatest and last point, which paints the same ink.
import { extent } from 'd3-array';

export interface Point {
  x: number;
  y: number;
}

export function linePath(points: Point[]): string {
  return 'M' + polyline(thinned(points));
}

/** The region between a line and a level. */
export function areaPath(points: Point[], level: number): string {
  const kept = thinned(points);
  return `M${kept[0].x.toFixed(1)},${level.toFixed(1)}L${polyline(kept)}V${level.toFixed(1)}Z`;
}

/** The region between two lines. */
export function ribbonPath(upper: Point[], lower: Point[]): string {
  return `M${polyline(thinned(upper))}L${polyline(thinned(lower).reverse())}Z`;
}

const polyline = (points: Point[]) => points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L');

function thinned(points: Point[]): Point[] {
  const columns = points[points.length - 1].x - points[0].x;
  if (points.length <= 2 * columns) return [...points];
  const kept: Point[] = [];
  for (let start = 0, end = 0; start < points.length; start = end) {
    const column = Math.floor(points[start].x);
    while (end < points.length && Math.floor(points[end].x) === column) end++;
    kept.push(...extremes(points.slice(start, end)));
  }
  return kept;
}

/** First, least, greatest and last point of a column, in their order. */
function extremes(column: Point[]): Point[] {
  const [least, greatest] = extent(column, point => point.y);
  const kept = [column[0], column.find(point => point.y === least)!, column.find(point => point.y === greatest)!, column[column.length - 1]];
  return column.filter(point => kept.includes(point));
}
