import type { Plot } from './frame';

interface Named {
  x: number;
  y: number;
  label: string;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const line = 13;

/**
 * Puts names beside dots, first come first served, in the first of four corners that is free of names and dots.
 * A name without room is left out: its dot still tells it to the pointer, and the table always does.
 */
export function placeLabels<T extends Named>(dots: T[], plot: Plot): { dot: T; x: number; y: number }[] {
  const taken = dots.map(dot => ({ left: dot.x - 4, right: dot.x + 4, top: dot.y - 4, bottom: dot.y + 4 }));
  return dots.flatMap(dot => {
    const box = corners(dot).find(corner => inside(corner, plot) && !taken.some(other => overlap(corner, other)));
    if (!box) return [];
    taken.push(box);
    return { dot, x: box.left, y: box.bottom - 3 };
  });
}

function corners({ x, y, label }: Named): Box[] {
  const width = label.length * 6.3;
  const at = (left: number, bottom: number) => ({ left, right: left + width, top: bottom - line, bottom });
  return [at(x + 7, y - 3), at(x + 7, y + line + 3), at(x - 7 - width, y - 3), at(x - 7 - width, y + line + 3)];
}

const inside = (box: Box, plot: Plot) => box.left >= plot.left && box.right <= plot.width && box.top >= plot.top - 8 && box.bottom <= plot.bottom;

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
