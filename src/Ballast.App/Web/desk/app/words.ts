// How values, times and states read.
import { number, plain } from '../format';

/** Exact text for people: grouped, with at most so many decimals. The whole of it is the title of the cell. */
export const exact = (text: string | null | undefined, digits = 2) => text === null || text === undefined ? '–' : number(Number(text), digits);

export const quantity = (text: string) => {
  const size = Math.abs(Number(text));
  return number(Number(text), size >= 1000 ? 2 : size >= 1 ? 4 : 6);
};

export function time(iso: string | null | undefined): string {
  if (!iso) return '–';
  const at = new Date(iso);
  const day = at.toLocaleDateString(undefined, { day: 'numeric', month: 'short', ...(at.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }) });
  const clock = at.toLocaleTimeString(undefined, { hour12: false });
  return at.toDateString() === new Date().toDateString() ? clock : clock === '00:00:00' ? day : `${day} ${clock.slice(0, 5)}`;
}

export function age(seconds: number): string {
  if (seconds < 90) return `${number(seconds, seconds < 10 ? 1 : 0)} s`;
  if (seconds < 5400) return `${number(seconds / 60, 0)} min`;
  return seconds < 129_600 ? `${number(seconds / 3600, 0)} h` : `${number(seconds / 86_400, 0)} days`;
}

export const name = (text: string) => plain(text);

export const long = (text: string) => plain(text, 400);

export const short = (digest: string) => digest.length > 12 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest;

export const sentence = (text: string) => text.length === 0 ? text : long(text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.'));

/** A number as a person types it, as exact text; null where it is none or could be read in two ways. */
export function typed(text: string): string | null {
  const bare = text.trim().replace(/[\s\u202f\u00a0']/g, '');
  if (/^\d+(\.\d+)?$/.test(bare)) return bare;
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(bare)) return bare.replaceAll(',', '');
  return /^\d+,(\d{1,2}|\d{4,})$/.test(bare) ? bare.replace(',', '.') : null;
}

/** The same for a quantity that may be below zero. */
export function typedSigned(text: string): string | null {
  const bare = text.trim().replace(/^[\u2212-]\s*/, '');
  const read = typed(bare);
  return read === null ? null : bare === text.trim().replace(/^\+/, '') || Number(read) === 0 ? read : `-${read}`;
}
