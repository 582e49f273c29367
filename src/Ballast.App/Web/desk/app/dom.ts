// Elements without a framework. Whatever a file, a venue or a person wrote goes in as a text node, and as nothing else.

export type Child = Node | string | number | null | undefined | false;

type Handlers = { [name in `on${string}`]?: (event: never) => void };
type Attributes = Handlers & { [name: string]: unknown };

const svgSpace = 'http://www.w3.org/2000/svg';

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

export function s(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return filled(document.createElementNS(svgSpace, tag) as SVGElement, attributes, children);
}

function filled<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'value') (element as unknown as HTMLInputElement).value = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false).map(child => child instanceof Node ? child : document.createTextNode(String(child))));
  return element;
}

/** Swaps what a place shows; focus, selection, scroll and what is unfolded stay as they were. */
export function swap(place: Element, ...content: Node[]): void {
  const active = document.activeElement as HTMLInputElement | null;
  const id = active && place.contains(active) ? active.id : '';
  const range = id && 'selectionStart' in active! ? [active.selectionStart, active.selectionEnd] as const : null;
  const scrolled = [...place.querySelectorAll<HTMLElement>('[data-scroll]')].map(box => [box.dataset.scroll!, box.scrollLeft, box.scrollTop] as const);
  const unfolded = new Map([...place.querySelectorAll<HTMLDetailsElement>('details[id]')].map(one => [one.id, one.open]));
  place.replaceChildren(...content);
  for (const one of place.querySelectorAll<HTMLDetailsElement>('details[id]')) one.open = unfolded.get(one.id) ?? one.open;
  for (const [name, left, top] of scrolled) place.querySelector(`[data-scroll="${CSS.escape(name)}"]`)?.scrollTo(left, top);
  const again = id ? document.getElementById(id) as HTMLInputElement | null : null;
  again?.focus({ preventScroll: true });
  if (again && range && 'setSelectionRange' in again) again.setSelectionRange(range[0], range[1]);
}

/** Gives the focus back to where it is now, once a page is drawn anew that took its element along. */
export function remember(): () => void {
  const id = document.activeElement?.id ?? '';
  return () => { if (id && document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true }); };
}

export function panel(title: string, note: Child, ...content: Child[]): HTMLElement {
  return h('section', { class: 'panel' }, h('header', {}, h('h2', {}, title), note && h('span', { class: 'dim' }, note)), ...content);
}

/** A table that scrolls by itself on a narrow screen. */
export function table(name: string, heads: Child[], rows: HTMLElement[] | HTMLTableSectionElement, foot: HTMLElement | null = null): HTMLElement {
  return h('div', { class: 'scroll', 'data-scroll': name, tabindex: 0, role: 'region', 'aria-label': `${name}, scrolls sideways` },
    h('table', {}, h('caption', { class: 'hidden' }, name), h('thead', {}, h('tr', {}, ...heads)), rows instanceof HTMLTableSectionElement ? rows : h('tbody', {}, ...rows), foot && h('tfoot', {}, foot)));
}

export const head = (text: string, kind = '') => h('th', { scope: 'col', class: kind }, text);
