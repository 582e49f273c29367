// Lines and areas as SVG path text. More points than pixels cost time and show nothing: each column of pixels keeps
// its first, least, greatest and last point, which paints the same ink.
import { area, line } from 'd3-shape';

export interface Point {
  x: number;
  y: number;
}

const asLine = line<Point>(point => point.x, point => point.y).digits(1);

export function linePath(points: Point[]): string {
  return asLine(thinned(points)) ?? '';
}

/** The region between a line and a level. */
export function areaPath(points: Point[], level: number): string {
  return area<Point>(point => point.x, level, point => point.y).digits(1)(thinned(points)) ?? '';
}

/** The region between two lines over the same positions. */
export function ribbonPath(upper: Point[], lower: Point[]): string {
  return area<number>(i => upper[i].x, i => lower[i].y, i => upper[i].y).digits(1)(upper.map((_, i) => i)) ?? '';
}

function thinned(points: Point[]): Point[] {
  const columns = points[points.length - 1].x - points[0].x;
  if (points.length <= 2 * columns) return points;
  const kept: Point[] = [];
  for (let start = 0, end = 0; start < points.length; start = end) {
    const column = Math.floor(points[start].x);
    while (end < points.length && Math.floor(points[end].x) === column) end++;
    kept.push(...extremes(points.slice(start, end)));
  }
  return kept;
}

function extremes(column: Point[]): Point[] {
  let least = 0;
  let greatest = 0;
  column.forEach((point, i) => {
    if (point.y < column[least].y) least = i;
    if (point.y > column[greatest].y) greatest = i;
  });
  const kept = new Set([0, Math.min(least, greatest), Math.max(least, greatest), column.length - 1]);
  return [...kept].map(i => column[i]);
}
