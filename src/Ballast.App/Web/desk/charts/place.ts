import type { Plot } from './frame';
import type { Point } from './paths';
import { textWidth } from './text';

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

/**
 * Puts names beside dots, first come first served, in the first place around the dot that is free of names, dots and lines.
 * A name without room is left out: its dot still tells it to the pointer, and the table always does.
 */
export function placeLabels<T extends Named>(dots: T[], plot: Plot, lines: Point[] = []): Placed<T>[] {
  const spots = dots.map(dot => around(dot, 4));
  const marks = [...spots, ...lines.map(point => around(point, 1))];
  const names: Box[] = [];
  const leaders: Box[] = [];
  return dots.flatMap(dot => {
    const free = (box: Box) => inside(box, plot) && ![...marks, ...names, ...leaders].some(other => overlap(box, other));
    const clear = (leader: [Point, Point]) => !along(leader).some(step => [...spots, ...names].some(other => overlap(step, other)));
    const found = places(dot).find(({ box, away }) => free(box) && (!away || clear(leaderOf(dot, box))));
    if (!found) return [];
    const leader = found.away ? leaderOf(dot, found.box) : null;
    names.push(found.box);
    if (leader) leaders.push(...along(leader));
    return { dot, x: found.box.left, y: found.box.bottom - 3, leader: leader && `M${leader.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}` };
  });
}

const around = ({ x, y }: Point, reach: number): Box => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });

/** The four corners first, then beside, above and below; then the same farther away. */
function places({ x, y, label }: Named): { box: Box; away: boolean }[] {
  const width = textWidth(label);
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
function leaderOf({ x, y }: Point, box: Box): [Point, Point] {
  const toX = Math.min(Math.max(x, box.left - 2), box.right + 2);
  const toY = Math.min(Math.max(y, box.top + 2), box.bottom - 1);
  const part = 7.5 / (Math.hypot(toX - x, toY - y) || 1);
  return [{ x: x + (toX - x) * part, y: y + (toY - y) * part }, { x: toX, y: toY }];
}

/** Small boxes on a leader, so that names keep clear of it. */
const along = ([from, to]: [Point, Point]) => [0, 0.2, 0.4, 0.6, 0.8, 1].map(part => around({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }, 1));

const inside = (box: Box, plot: Plot) => box.left >= plot.left && box.right <= plot.width && box.top >= plot.top - 8 && box.bottom <= plot.bottom;

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
