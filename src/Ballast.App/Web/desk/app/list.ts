// A table of many lines: those in sight are made, and the room of the others is kept.
import { h, table, type Child } from './dom';

/** Lines `from` and on, of `of`. */
export interface Lines { from: number; of: number; rows: HTMLElement[] }

const beside = 12;
/** Made at a time: what is in sight on a tall screen, and as many beside it. */
export const handful = 50;

/** How high a line is, by the name of its table. */
const heights = new Map<string, number>();

/** `read` makes the lines from a number on, `handful` of them; it is asked as the table is scrolled. */
export function list(name: string, heads: Child[], shown: Lines, read: (from: number) => Lines | Promise<Lines>): HTMLElement {
  const body = h('tbody');
  const box = table(name, heads, body);
  let [asked, high] = [-1, heights.get(name) ?? 33];
  const room = (lines: number) => { const cell = h('td', { colspan: heads.length }); cell.style.height = `${lines * high}px`; return h('tr', { class: 'room', 'aria-hidden': 'true', hidden: lines === 0 }, cell); };
  const show = () => {
    box.querySelector('table')!.setAttribute('aria-rowcount', String(shown.of + 1));
    shown.rows.forEach((row, place) => row.setAttribute('aria-rowindex', String(shown.from + place + 2)));
    body.replaceChildren(room(shown.from), ...shown.rows, room(shown.of - shown.from - shown.rows.length));
  };
  const look = async () => {
    const [first, last] = [Math.floor(box.scrollTop / high), Math.ceil((box.scrollTop + box.clientHeight) / high)];
    const [start, end] = [shown.from, shown.from + shown.rows.length];
    if ((first >= start + beside / 2 || start === 0) && (last <= end - beside / 2 || end === shown.of)) return;
    const from = Math.max(0, Math.min(first - beside, shown.of - handful));
    if (from === asked) return;
    asked = from;
    const found = await read(from);
    if (asked !== from) return;
    asked = -1;
    shown = found;
    show();
    void look();
  };
  box.addEventListener('scroll', () => void look(), { passive: true });
  new ResizeObserver(() => {
    const now = shown.rows[0]?.offsetHeight ?? 0;
    if (now > 0 && now !== high) { heights.set(name, high = now); show(); }
  }).observe(body);
  show();
  return box;
}
