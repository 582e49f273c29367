// The first five minutes: the example, or one's own holdings. Nothing here can trade, and nothing leaves the machine.
import { at, newKey, post } from './api';
import { h, head, panel, swap, table } from './dom';
import { setPageKeys } from './keys';
import { faults, may, trouble } from './shell';
import { exact, long, name, quantity } from './words';
import { number } from '../format';
import type { Status } from './types';

export async function start(go: (path: string) => void): Promise<Node[]> {
  document.title = 'Start · Ballast';
  setPageKeys({});
  return [h('div', { class: 'title' }, h('h1', {}, 'Start'), h('span', { class: 'dim' }, 'nothing here can trade, and nothing leaves this machine')), h('div', { class: 'cols' }, bring(go), example(go))];
}

function example(go: (path: string) => void): HTMLElement {
  const told = h('div', { role: 'status' });
  const key = newKey();
  return panel('See the example', null, h('p', { class: 'why' }, 'A portfolio of ten coins, four years of invented prices, one plan due. Written as files into the desk’s folder.'), told,
    h('footer', { class: 'acts' }, h('button', { class: 'primary', disabled: !may('admin'), onclick: async () => {
      try { go(at('portfolios', (await post<{ id: string }>('/example', {}, key)).id)); } catch (fault) { swap(told, trouble(fault)); }
    } }, 'Open the example')));
}

function bring(go: (path: string) => void): HTMLElement {
  const texts = { holdings: '', prices: '' };
  const told = h('div', { role: 'status' });
  let key = newKey();
  const field = (label: string, input: HTMLElement) => h('label', { class: 'field' }, label, input);
  const title = h('input', { id: 'import-name', value: 'mine', maxlength: 40, pattern: '[A-Za-z0-9_\\-]+', autocomplete: 'off' });
  const unit = h('input', { id: 'import-base', value: 'USDT', maxlength: 30, autocomplete: 'off' });
  const targets = h('select', { id: 'import-targets' }, h('option', { value: 'now' }, 'keep what is held now'), h('option', { value: 'equal' }, 'the same weight for each'));
  const body = () => ({ name: title.value, base: unit.value.toUpperCase(), targets: targets.value, ...texts });
  const preview = async () => {
    if (!texts.holdings || !texts.prices) return;
    key = newKey();
    try {
      const said = await post<{ policy: string; status: Status }>('/import/preview', body());
      swap(told, said.status.trouble ? h('div', { class: 'trouble' }, h('p', { class: 'why' }, long(said.status.trouble)), faults(said.status.faults)) : asRead(said.status), h('details', {}, h('summary', {}, 'The portfolio file that would be written'), h('pre', {}, said.policy)));
      write.disabled = said.status.trouble !== null || !may('admin');
    } catch (fault) {
      write.disabled = true;
      swap(told, trouble(fault));
    }
  };
  const file = (kind: 'holdings' | 'prices') => h('input', { id: `import-${kind}`, type: 'file', accept: '.csv,text/csv', onchange: async (e: Event) => {
    const picked = (e.target as HTMLInputElement).files?.[0];
    texts[kind] = picked ? await picked.text() : '';
    await preview();
  } });
  const write = h('button', { class: 'primary', disabled: true, onclick: async () => {
    try { go(at('portfolios', (await post<{ id: string }>('/import', body(), key)).id)); } catch (fault) { swap(told, trouble(fault)); }
  } }, 'Write the portfolio');
  for (const input of [title, unit, targets]) input.addEventListener('change', () => void preview());
  return panel('Bring your holdings', null, h('div', { class: 'form' }, field('Name', title), field('Counted in', unit), field('Targets', targets),
    field('Holdings: CSV with the columns asset, quantity', file('holdings')), field('Prices: CSV with timestamp and a column an asset', file('prices'))), told, h('footer', { class: 'acts' }, h('span', { class: 'dim' }, 'a preview writes nothing'), write));
}

function asRead(status: Status): HTMLElement {
  return table('As it was read', [head('Asset'), head('Quantity', 'n'), head('Price', 'n'), head(`Value, ${name(status.base!)}`, 'n'), head('Weight', 'n')], status.assets!.map(a =>
    h('tr', {}, h('th', { scope: 'row' }, name(a.asset), a.notes && h('small', { class: 'watch' }, long(a.notes.join('; ')))), h('td', { class: 'n', title: a.quantity }, quantity(a.quantity)), h('td', { class: 'n' }, a.price ? quantity(a.price) : '–'), h('td', { class: 'n' }, exact(a.value)), h('td', { class: 'n' }, number(a.weight * 100)))));
}
