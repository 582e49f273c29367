// One portfolio: what is held against what is wanted, why, what would be done, and what it would cost.
import { number, percent, points } from '../format';
import { at, get } from './api';
import { h, head, panel, swap, table } from './dom';
import { handful, list } from './list';
import { setPageKeys, type Keys } from './keys';
import { driftChart, driftMark, riskMark } from './marks';
import { PlanPanel } from './plan';
import { faults, trouble } from './shell';
import { loopPanel } from './waiting';
import { worth } from './worth';
import { age, exact, long, name, quantity, sentence, time } from './words';
import type { History, Holding, Loop, Plan, Running, Status } from './types';

let kept: { id: string; panel: PlanPanel } | null = null;
let chosen = '';
let asTable = false;

export async function portfolio(id: string): Promise<Node[]> {
  const [status, running] = await Promise.all([get<Status>(at('portfolios', id)), get<Running>(at('portfolios', id, 'loop'))]);
  document.title = `${status.name} · Ballast`;
  const holdings = h('div');
  const loop = loopPanel(id, running);
  setPageKeys(answers);
  if (status.trouble || !status.assets) return [title(status), loop, wrong(status)];
  let after: Plan | null = null;
  const draw = () => swap(holdings, holdingsPanel(status, after));
  if (kept?.id !== id) kept = { id, panel: new PlanPanel(id) };
  const plan = kept.panel;
  plan.tell = shown => { after = shown; draw(); };
  draw();
  const picture = h('div');
  const value = h('div');
  void worth(id, value).catch(fault => swap(value, trouble(fault)));
  const show = () => void history(id, status, picture, show).catch(fault => swap(picture, trouble(fault)));
  show();
  void plan.load().catch(fault => swap(plan.element, trouble(fault)));
  keys(plan, show);
  return [title(status), figures(status, running.loop), h('div', { class: 'cols' }, h('div', { class: 'left' }, holdings, picture, value, rules(status)), h('div', { class: 'rightcol' }, loop, plan.element))];
}

const press = (id: string) => () => (document.getElementById(id) as HTMLButtonElement | null)?.click();

const answers: Keys = { a: ['approval sheet', press('approve')], r: ['decline sheet', press('decline')], Backspace: ['back to the overview', () => document.querySelector<HTMLElement>('.bar .name')?.click()] };

function keys(plan: PlanPanel, show: () => void): void {
  setPageKeys({
    ...answers, e: ['edit the first trade', () => plan.focusEdit()], u: ['undo edits', () => plan.undo()], c: ['copy the plan as text', () => void plan.copy()],
    t: ['chart or its table', () => { asTable = !asTable; show(); }],
  });
}

const title = (status: Status) => h('div', { class: 'title' }, h('h1', {}, name(status.name)), h('span', { class: 'dim' }, `${status.base ? `${name(status.base)} base · ` : ''}${long(status.file.split('/').at(-1)!)}`), h('a', { href: `/portfolios/${encodeURIComponent(status.id)}/file` }, 'edit file'), h('a', { href: `/journal?portfolio=${encodeURIComponent(status.id)}` }, 'journal'));

const wrong = (status: Status) => panel(status.faults.length > 0 ? 'The files cannot be read' : 'Weights and drift are not known', null, h('p', { class: 'why' }, long(status.trouble ?? '')), faults(status.faults));

function figures(status: Status, loop: Loop | null): HTMLElement {
  const worst = status.assets!.filter(a => a.drift !== null).sort((a, b) => Math.abs(b.drift!) - Math.abs(a.drift!))[0];
  const near = [...status.triggers!].sort((a, b) => (b.distance ?? -1) - (a.distance ?? -1))[0];
  const fact = (label: string, value: string, below: string, kind = '') => h('div', {}, h('dt', {}, label), h('dd', { class: kind }, value), h('dd', { class: 'sub' }, below));
  return h('dl', { class: 'figures' },
    fact('Value', `${exact(status.value)} ${name(status.base!)}`, `prices of ${time(status.at)}${status.ageSeconds !== null ? `, ${age(status.ageSeconds)} old` : ''}`),
    worst ? fact('Largest drift', `${outside(status, worst.asset, worst.weight) ? '◆ ' : ''}${points(worst.drift!)}`, `points, ${name(worst.asset)}`, outside(status, worst.asset, worst.weight) ? 'watch' : '') : fact('Largest drift', '–', 'no targets'),
    near ? fact('Nearest rule', near.fired ? '◆ Fired' : percent(near.distance ?? 0, 0), long(near.fired ? near.rule : near.toGo || near.reason), near.fired ? 'watch' : '') : fact('Nearest rule', '–', 'no rule is set'),
    fact('Loop', loop ? (loop.running ? loop.plan?.status === 'DRAFT' ? 'Waiting for you' : 'Running' : loop.age === 'ended' ? 'Ended' : '◆ No word') : 'None', loop ? `${loop.mode}, ${time(loop.at)}` : 'the rules are looked at here only'));
}

const outside = (status: Status, asset: string, weight: number) => { const band = status.bands[asset]; return band ? weight < band.low || weight > band.high : false; };

function holdingsPanel(status: Status, plan: Plan | null): HTMLElement {
  const assets = status.assets!;
  const reach = Math.max(0.1, ...assets.map(a => Math.abs(a.drift ?? 0)));
  const most = Math.max(0.01, ...assets.flatMap(a => [a.weight, a.riskShare ?? 0]));
  const row = (a: Holding) => {
    const out = outside(status, a.asset, a.weight);
    const after = plan?.after?.assets.find(l => l.asset === a.asset)?.weight ?? null;
    return h('tr', {}, h('th', { scope: 'row' }, name(a.asset), a.notes && h('small', {}, long(a.notes.join('; ')))),
      h('td', { class: 'n opt', title: a.quantity }, quantity(a.quantity)), h('td', { class: 'n opt', title: a.price }, a.price ? quantity(a.price) : '–'), h('td', { class: 'n opt', title: a.value }, exact(a.value, 0)),
      h('td', { class: 'n', title: String(a.weight) }, number(a.weight * 100)), h('td', { class: 'n dim opt' }, a.target === null ? '–' : number(a.target * 100)),
      h('td', { class: out ? 'n strong watch' : 'n' }, a.drift === null ? '–' : `${out ? '◆ ' : ''}${points(a.drift)}`),
      h('td', {}, a.target !== null && driftMark(a.weight, a.target, status.bands[a.asset] ?? null, after, reach)),
      h('td', { class: 'n opt' }, a.riskShare === null ? '–' : number(a.riskShare * 100, 1)), h('td', { class: 'opt' }, a.riskShare !== null && riskMark(a.weight, a.riskShare, most)));
  };
  const rows = (from: number, many: number) => assets.slice(from, from + many).map(row);
  const heads = [head('Asset'), head('Quantity', 'n opt'), head('Price', 'n opt'), head('Value', 'n opt'), head('Weight', 'n'), head('Target', 'n opt'), head('Drift', 'n'), head(`±${number(reach * 100, 0)} points`), head('Risk', 'n opt'), head('| weight', 'opt')];
  const title = 'Holdings, largest drift first';
  return panel('Holdings against target', '◆ outside its band · ● inside · ○ after the plan', assets.length <= 150 ? table(title, heads, rows(0, assets.length))
    : list(title, heads, { from: 0, of: assets.length, rows: rows(0, handful) }, from => ({ from, of: assets.length, rows: rows(from, handful) })));
}

async function history(id: string, status: Status, place: HTMLElement, again: () => void): Promise<void> {
  const read = await get<History>(`${at('portfolios', id, 'history')}?points=120`);
  const names = Object.keys(read.drift);
  if (!names.includes(chosen)) chosen = status.assets!.find(a => a.target !== null)?.asset ?? names[0] ?? '';
  const asset = status.assets!.find(a => a.asset === chosen);
  const band = status.bands[chosen];
  const choose = h('select', { id: 'drift-asset', 'aria-label': 'Asset', onchange: () => { chosen = choose.value; again(); } }, ...names.map(n => h('option', { value: n, ...(n === chosen ? { selected: true } : {}) }, name(n))));
  const content = !chosen ? h('p', {}, 'No asset has a target.') : asTable
    ? table('Drift', [head('Time'), head('Drift, points', 'n')], read.times.map((t, i) => h('tr', {}, h('th', { scope: 'row' }, time(t)), h('td', { class: 'n' }, read.drift[chosen][i] === null ? '–' : points(read.drift[chosen][i]!)))).reverse())
    : driftChart(read, chosen, band && asset?.target != null ? [band.low - asset.target, band.high - asset.target] : null);
  swap(place, h('section', { class: 'panel' }, h('header', {}, h('h2', {}, 'Drift of '), choose, h('span', { class: 'dim' }, 'points from target, with what is held now'), h('button', { class: 'quiet right', onclick: () => { asTable = !asTable; again(); }, 'aria-pressed': String(asTable) }, asTable ? 'Chart' : 'Table')), content));
}

function rules(status: Status): HTMLElement {
  return panel('Rules', null, h('ul', { class: 'rules' }, ...status.triggers!.map(rule => h('li', { class: rule.fired ? 'watch' : '' },
    h('span', { class: 'far' }, rule.fired === null ? '? unknown' : rule.fired ? '◆ fired' : rule.distance === null ? '' : percent(rule.distance, 0)),
    h('span', {}, h('b', {}, sentence(rule.rule)), ' ', sentence(rule.reason), ' ', rule.toGo && sentence(rule.toGo))))), status.notes.length > 0 && h('ul', { class: 'plainlist dim' }, ...status.notes.map(n => h('li', {}, long(n)))));
}
