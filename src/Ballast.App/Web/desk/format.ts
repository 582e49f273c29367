// Numbers on screen: grouped with a thin space, a true minus, a sign where the sign is the news.
import { date, hour } from './calendar';

const thin = '\u202f';
const minus = '\u2212';

export function number(value: number, digits = 2): string {
  const text = grouped(Math.abs(value), digits).replaceAll(',', thin);
  return value < 0 && !isZero(text) ? minus + text : text;
}

export function signed(value: number, digits = 2): string {
  const text = number(Math.abs(value), digits);
  if (isZero(text)) return text;
  return (value < 0 ? minus : '+') + text;
}

export const percent = (fraction: number, digits = 1) => number(fraction * 100, digits) + thin + '%';

/** Points of value, signed: a drift of 0.0866 is `+8.66`. */
export const points = (fraction: number, digits = 2) => signed(fraction * 100, digits);

/** A tick: `14.9k`, `2.1M`, `0.35`. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return trimmed(value / 1e9) + 'B';
  if (size >= 1e6) return trimmed(value / 1e6) + 'M';
  if (size >= 1e3) return trimmed(value / 1e3) + 'k';
  if (size >= 100 || Number.isInteger(value)) return number(value, 0);
  return number(value, 1 - Math.min(0, Math.floor(Math.log10(size))));
}

/** A value in base with as many decimals as its size can use. */
export function amount(value: number): string {
  const size = Math.abs(value);
  return number(value, size >= 1000 || size === 0 ? 0 : size >= 10 ? 2 : 4);
}

/** A moment in UTC; the hour only where bars are shorter than a day. */
export function moment(time: number, daily: boolean): string {
  const at = new Date(time);
  return daily ? date(at) : `${date(at)}, ${hour(at)} UTC`;
}

/** A name from a file or a venue: marks that could reorder or hide text are spelled out, and length is bounded. */
export function plain(name: string, most = 40): string {
  const visible = name.replace(/\p{Cc}|\p{Cf}/gu, mark => 'U+' + mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0'));
  return visible.length > most ? visible.slice(0, most - 1) + '…' : visible;
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const trimmed = (value: number) => number(value, Math.abs(value) >= 100 ? 0 : 1).replace(/\.0$/, '');

const isZero = (text: string) => !/[1-9]/.test(text);
