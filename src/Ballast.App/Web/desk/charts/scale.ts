// From values to pixels. d3-scale would bring 40 kB of colour and format interpolation into a page that needs three maps;
// the choice of ticks is still d3's.
import { ticks } from 'd3-array';
import { utcTicks } from 'd3-time';

/** A map from values to pixels with the ticks that a person would choose. */
export interface Scale {
  (value: number): number;
  domain: Interval;
  /** The value under a pixel. */
  invert(pixel: number): number;
  /** About as many round values as asked for. */
  ticks(count: number): number[];
}

export type Interval = readonly [number, number];

export function linear(domain: Interval, range: Interval): Scale {
  return scale(domain, range, value => value, value => value, count => ticks(domain[0], domain[1], count));
}

/** For values above zero: equal distances are equal multiples. */
export function log(domain: Interval, range: Interval): Scale {
  return scale(domain, range, Math.log, Math.exp, count => logTicks(domain, count));
}

/** Milliseconds since 1970; ticks fall on UTC hours, days, months and years. */
export function time(domain: Interval, range: Interval): Scale {
  const inUtc = (count: number) => utcTicks(new Date(domain[0]), new Date(domain[1]), count).map(Number);
  return scale(domain, range, value => value, value => value, inUtc);
}

function scale(
  domain: Interval, [start, end]: Interval, bend: (v: number) => number, straighten: (v: number) => number, choose: Scale['ticks'],
): Scale {
  const [low, high] = domain.map(bend);
  const pixelsPerUnit = high === low ? 0 : (end - start) / (high - low);
  const map = (value: number) => start + (bend(value) - low) * pixelsPerUnit;
  const invert = (pixel: number) => straighten(pixelsPerUnit === 0 ? low : low + (pixel - start) / pixelsPerUnit);
  return Object.assign(map, { domain, invert, ticks: choose });
}

/** 1, 2, 5 and ten times those, or powers of ten alone where there would be too many; even steps where the range is narrow. */
function logTicks([low, high]: Interval, count: number): number[] {
  const decades = Array.from({ length: 40 }, (_, i) => 10 ** (i - 20));
  const within = (values: number[]) => values.filter(value => value >= low && value <= high);
  const fine = within(decades.flatMap(decade => [decade, 2 * decade, 5 * decade]));
  if (fine.length < 3) return ticks(low, high, count).filter(value => value > 0);
  return fine.length <= 2 * count ? fine : within(decades);
}
