// Single keys, outside fields only. `?` lists them.
import { h } from './dom';

export interface Keys { [key: string]: [says: string, does: () => void] }

const always: Keys = {};
let page: Keys = {};
let waiting = '';

export const addKeys = (keys: Keys) => Object.assign(always, keys);

export const setPageKeys = (keys: Keys) => { page = keys; };

export function listen(): void {
  addEventListener('keydown', event => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog[open]')) return;
    const name = waiting + (event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? 'Shift ' + event.key.toUpperCase() : event.key);
    waiting = '';
    const found = page[name] ?? always[name];
    if (found) {
      event.preventDefault();
      found[1]();
    } else if (event.key === 'g') {
      waiting = 'g ';
      setTimeout(() => { waiting = ''; }, 1500);
    }
  });
}

export function help(): void {
  const rows = Object.entries({ ...page, ...always }).map(([key, [says]]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, says)));
  const sheet = h('dialog', { class: 'sheet', 'aria-label': 'Keys', onclose: () => sheet.remove() }, h('h2', {}, 'Keys'), h('dl', { class: 'keys' }, ...rows), h('form', { method: 'dialog', class: 'acts' }, h('button', {}, 'Close')));
  document.body.append(sheet);
  sheet.showModal();
}

/** Moves the focus from row to row of the first table that has rows to open. */
export function moveRow(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main tr[tabindex]')];
  const now = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.max(0, Math.min(rows.length - 1, now < 0 ? 0 : now + step))]?.focus();
}
