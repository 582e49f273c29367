import type { Plot } from './frame';
import type { Point } from './paths';

interface Named extends Point {
  label: string;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A name where it may stand; one that had to step away has a line from its dot to it. */
export interface Placed<T> extends Point {
  dot: T;
  leader: string | null;
}

const line = 13;
const pixelsPerSign = 6.3;

/**
 * Puts names beside dots, first come first served, in the first place around the dot that is free of names, dots and lines.
 * A name without room is left out: its dot still tells it to the pointer, and the table always does.
 */
export function placeLabels<T extends Named>(dots: T[], plot: Plot, lines: Point[] = []): Placed<T>[] {
  const taken = [...dots.map(dot => around(dot, 4)), ...lines.map(point => around(point, 1))];
  return dots.flatMap(dot => {
    const found = places(dot).find(({ box }) => inside(box, plot) && !taken.some(other => overlap(box, other)));
    if (!found) return [];
    taken.push(found.box);
    return { dot, x: found.box.left, y: found.box.bottom - 3, leader: found.away ? leaderTo(dot, found.box) : null };
  });
}

const around = ({ x, y }: Point, reach: number): Box => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });

/** The four corners first, then beside, above and below; then the same farther away. */
function places({ x, y, label }: Named): { box: Box; away: boolean }[] {
  const width = label.length * pixelsPerSign;
  const at = (left: number, bottom: number) => ({ left, right: left + width, top: bottom - line, bottom });
  return [0, 16, 32].flatMap(away => {
    const [right, left, middle, up, down] = [x + 7 + away, x - 7 - width - away, x - width / 2, y - 3 - away, y + line + 3 + away];
    return [
      at(right, up), at(right, down), at(left, up), at(left, down),
      at(right + 2, y + line / 2), at(left - 2, y + line / 2), at(middle, up - 4), at(middle, down + 4),
    ].map(box => ({ box, away: away > 0 }));
  });
}

/** From the edge of the dot to the nearest point of the name's box. */
function leaderTo({ x, y }: Point, box: Box): string {
  const toX = Math.min(Math.max(x, box.left - 2), box.right + 2);
  const toY = Math.min(Math.max(y, box.top + 2), box.bottom - 1);
  const part = 6 / (Math.hypot(toX - x, toY - y) || 1);
  return `M${(x + (toX - x) * part).toFixed(1)},${(y + (toY - y) * part).toFixed(1)}L${toX.toFixed(1)},${toY.toFixed(1)}`;
}

const inside = (box: Box, plot: Plot) => box.left >= plot.left && box.right <= plot.width && box.top >= plot.top - 8 && box.bottom <= plot.bottom;

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
