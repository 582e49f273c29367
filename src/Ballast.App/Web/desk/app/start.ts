// The first five minutes: the example, or one's own holdings. Nothing here can trade, and nothing leaves the machine.
import { at, newKey, post } from './api';
import { h, head, panel, swap, table } from './dom';
import { setPageKeys } from './keys';
import { faults, may, trouble } from './shell';
import { exact, long, name, quantity, sentence } from './words';
import { number } from '../format';
import type { Columns, Guessed, Status } from './types';

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
  const texts = { list: '', holdings: '', prices: '', ownPrices: '' };
  const [told, guess] = [h('div', { role: 'status' }), h('div')];
  let key = newKey();
  const field = (label: string, input: HTMLElement) => h('label', { class: 'field' }, label, input);
  const title = h('input', { id: 'import-name', value: 'mine', maxlength: 40, pattern: '[A-Za-z0-9_\\-]+', autocomplete: 'off' });
  const unit = h('input', { id: 'import-base', value: 'USDT', maxlength: 30, autocomplete: 'off' });
  const targets = h('select', { id: 'import-targets' }, h('option', { value: 'now' }, 'keep what is held now'), h('option', { value: 'equal' }, 'the same weight for each'));
  const base = () => unit.value.trim().toUpperCase();
  const body = () => ({ name: title.value, base: base(), targets: targets.value, holdings: texts.holdings, prices: texts.prices || texts.ownPrices });
  const fail = (fault: unknown) => { write.disabled = true; swap(told, trouble(fault)); };
  const preview = async () => {
    if (!texts.holdings) return;
    if (!body().prices) { write.disabled = true; swap(told, h('p', { class: 'why' }, 'Prices are missing: give a file of prices, or say which column of the list holds the price or the value of every line.')); return; }
    key = newKey();
    try {
      const said = await post<{ policy: string; status: Status }>('/import/preview', body());
      swap(told, said.status.trouble ? h('div', { class: 'trouble' }, h('p', { class: 'why' }, long(said.status.trouble)), faults(said.status.faults)) : asRead(said.status), h('details', {}, h('summary', {}, 'The portfolio file that would be written'), h('pre', {}, said.policy)));
      write.disabled = said.status.trouble !== null || !may('admin');
    } catch (fault) { fail(fault); }
  };
  const ask = async (columns: Columns | null) => {
    if (!texts.list) return;
    try {
      const said = await post<Guessed>('/import/guess', { text: texts.list, base: base(), ...(columns ? { columns } : {}) });
      [texts.holdings, texts.ownPrices] = [said.holdings, said.prices ?? ''];
      swap(guess, guessed(said, chosen => void ask(chosen)));
      await preview();
    } catch (fault) { swap(guess); texts.holdings = ''; fail(fault); }
  };
  const take = async (file: File, kind: 'holdings' | 'prices') => {
    const text = await file.text();
    if (kind === 'holdings') { texts.list = text; await ask(null); } else { texts.prices = text; await preview(); }
  };
  const input = (kind: 'holdings' | 'prices') => h('input', { id: `import-${kind}`, type: 'file', accept: '.csv,.tsv,.txt,text/csv', onchange: (e: Event) => { const picked = (e.target as HTMLInputElement).files?.[0]; if (picked) void take(picked, kind); } });
  const write = h('button', { class: 'primary', disabled: true, onclick: async () => {
    try { go(at('portfolios', (await post<{ id: string }>('/import', body(), key)).id)); } catch (fault) { swap(told, trouble(fault)); }
  } }, 'Write the portfolio');
  title.addEventListener('change', () => void preview());
  targets.addEventListener('change', () => void preview());
  unit.addEventListener('change', () => void ask(null));
  const box = panel('Bring your holdings', null, h('div', { class: 'form' }, field('Name', title), field('Counted in', unit), field('Targets', targets),
    field('Holdings: a list of any venue or tracker, CSV', input('holdings')), field('Prices: CSV with timestamp and a column an asset; not needed where the list has them', input('prices'))),
    h('p', { class: 'drop' }, 'or drop the files here'), guess, told, h('footer', { class: 'acts' }, h('span', { class: 'dim' }, 'a preview writes nothing'), write));
  box.addEventListener('dragover', e => { e.preventDefault(); box.classList.add('over'); });
  box.addEventListener('dragleave', () => box.classList.remove('over'));
  box.addEventListener('drop', async e => {
    e.preventDefault();
    box.classList.remove('over');
    for (const file of [...e.dataTransfer?.files ?? []].slice(0, 2)) await take(file, /^\s*"?(timestamp|time|date)\b/i.test(await file.slice(0, 200).text()) ? 'prices' : 'holdings');
  });
  return box;
}

/** What each column is taken for, to be looked at and put right; and what was left out, with the reason. */
function guessed(said: Guessed, choose: (columns: Columns) => void): HTMLElement {
  const { columns } = said;
  const option = (value: number, label: string, chosen: number | null) => h('option', { value, ...(value === (chosen ?? -1) ? { selected: true } : {}) }, label);
  const pick = (id: string, label: string, chosen: number | null, change: (column: number | null) => Partial<Columns>, none = true) => {
    const select = h('select', { id: `column-${id}`, onchange: () => choose({ ...columns, ...change(Number(select.value) < 0 ? null : Number(select.value)) }) }, ...(none ? [option(-1, 'none', chosen)] : []), ...said.names.map((n, i) => option(i, name(n) || `column ${i + 1}`, chosen)));
    return h('label', { class: 'field' }, label, select);
  };
  const [first, second] = columns.quantities;
  const use = (i: number) => i === columns.asset ? 'asset' : columns.quantities.includes(i) ? 'quantity' : i === columns.account ? 'account' : i === columns.price ? 'price' : i === columns.value ? 'value' : '';
  const separator = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }[said.separator] ?? said.separator;
  return h('section', { class: 'guess', 'aria-label': 'The columns as they were guessed' }, h('p', { class: 'why' }, `Read ${said.count} rows between ${separator}, with a decimal ${said.decimal === ',' ? 'comma' : 'point'}: ${said.taken} holdings. Are these the columns?`),
    h('div', { class: 'form' }, pick('asset', 'Asset', columns.asset, c => ({ asset: c! }), false), pick('quantity', 'Quantity', first, c => ({ quantities: second === undefined || second === c ? [c!] : [c!, second] }), false),
      pick('more', 'and, added to it', second ?? null, c => ({ quantities: c === null || c === first ? [first] : [first, c] })), pick('account', 'Account', columns.account, c => ({ account: c })), pick('price', 'Price of one', columns.price, c => ({ price: c })), pick('value', 'Value of all', columns.value, c => ({ value: c }))),
    table('First rows of the list', said.names.map((n, i) => h('th', { scope: 'col', class: use(i) ? 'taken' : '' }, name(n), use(i) && h('small', {}, use(i)))), said.rows.map(row => h('tr', {}, ...said.names.map((_, i) => h('td', { class: use(i) ? 'taken' : 'dim' }, name(row[i] ?? '')))))),
    ...said.notes.map(note => h('p', { class: 'why' }, '◆ ', sentence(note))),
    said.leftCount > 0 ? h('details', { id: 'left-rows', open: true }, h('summary', { class: 'watch' }, `◆ Left out: ${said.leftCount}`), h('ul', {}, ...said.left.map(l => h('li', {}, `Line ${l.line}: `, long(l.reason), ' ', h('code', {}, name(l.text)))))) : h('span'));
}

function asRead(status: Status): HTMLElement {
  return table('As it was read', [head('Asset'), head('Quantity', 'n'), head('Price', 'n'), head(`Value, ${name(status.base!)}`, 'n'), head('Weight', 'n')], status.assets!.map(a =>
    h('tr', {}, h('th', { scope: 'row' }, name(a.asset), a.notes && h('small', { class: 'watch' }, long(a.notes.join('; ')))), h('td', { class: 'n', title: a.quantity }, quantity(a.quantity)), h('td', { class: 'n' }, a.price ? quantity(a.price) : '–'), h('td', { class: 'n' }, exact(a.value)), h('td', { class: 'n' }, number(a.weight * 100)))));
}
