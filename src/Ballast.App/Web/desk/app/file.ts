// The portfolio file: its text, every fault of the command line at its place, and what it means in words.
import { at, get, newKey, post, put } from './api';
import { h, head, panel, swap, table } from './dom';
import { setPageKeys } from './keys';
import { change } from './plan';
import { faults as listed, may, say, trouble, words } from './shell';
import { exact, long, name, quantity, sentence } from './words';
import type { Checked, Fault, Plan, PolicyText } from './types';

const pause = 250;

export async function file(id: string): Promise<Node[]> {
  const kept = await get<PolicyText>(at('portfolios', id, 'file'));
  document.title = `${id} file · Ballast`;
  return [h('div', { class: 'title' }, h('h1', {}, name(id)), h('span', { class: 'dim' }, 'the portfolio file'), h('a', { href: `/portfolios/${encodeURIComponent(id)}` }, 'portfolio')), new Editor(id, kept).element];
}

class Editor {
  private readonly text: HTMLTextAreaElement;
  private readonly here = h('p', { class: 'here', role: 'status' });
  private readonly side = h('div', { class: 'rightcol' });
  private readonly would = h('div', { id: 'would' });
  private readonly save: HTMLButtonElement;
  private readonly told = h('span', { class: 'dim', role: 'status' });
  private soon = 0;
  private turn = 0;
  private checked: Checked;
  readonly element: HTMLElement;

  constructor(private readonly id: string, private kept: PolicyText) {
    this.checked = kept.checked;
    this.text = h('textarea', { id: 'file-text', class: 'file', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', rows: Math.min(34, Math.max(18, kept.text.split('\n').length + 1)),
      'aria-label': 'portfolio file', value: kept.text, oninput: () => this.changed(), onkeyup: () => this.cursor(), onclick: () => this.cursor(),
      onkeydown: (event: KeyboardEvent) => { if ((event.ctrlKey || event.metaKey) && event.key === 's') { event.preventDefault(); void this.write(); } else if (event.key === 'F8') { event.preventDefault(); this.next(); } } });
    this.save = h('button', { class: 'primary', type: 'button', disabled: true, onclick: () => void this.write() }, 'Save');
    this.element = h('div', { class: 'cols' },
      h('div', { class: 'left' }, panel('File', 'checked as you type; F8 next fault, Ctrl S save', this.here, this.text,
        h('footer', { class: 'acts' }, this.told, may('admin') ? this.save : h('span', { class: 'dim' }, 'Saving wants the role admin.'))), this.would), this.side);
    setPageKeys({ F8: ['next fault', () => this.next()] });
    this.show();
  }

  private changed(): void {
    clearTimeout(this.soon);
    this.save.disabled = true;
    this.soon = setTimeout(() => void this.check(), pause);
  }

  private async check(): Promise<void> {
    const mine = ++this.turn;
    try {
      const said = await post<Checked>(at('portfolios', this.id, 'file', 'check'), { text: this.text.value });
      if (mine !== this.turn) return;
      this.checked = said;
      this.show();
    } catch (fault) {
      if (mine === this.turn) swap(this.side, trouble(fault, () => void this.check()));
    }
  }

  private show(): void {
    const { ok, faults, warnings, rules, limits } = this.checked;
    const count = faults.length;
    this.save.disabled = !ok || this.text.value === this.kept.text;
    swap(this.side,
      count > 0 ? panel(`${count} ${count === 1 ? 'fault' : 'faults'}`, 'as `ballast check` says them', listed(faults)) : panel('In words', 'what the file means', h('ul', { class: 'rules' }, ...[...new Set([...rules, ...limits])].map(text => h('li', {}, long(text))))),
      ...(warnings.length > 0 ? [panel('Warnings', null, listed(warnings))] : []));
    this.cursor();
    if (ok) void this.plan();
    else swap(this.would);
  }

  /** What the text as it stands would trade: a question, and nothing is written by it. */
  private async plan(): Promise<void> {
    const mine = this.turn;
    const shown = (...content: Node[]) => { if (mine === this.turn) swap(this.would, ...content); };
    try {
      shown(wouldPlan(await post<Plan>(at('portfolios', this.id, 'file', 'plan'), { text: this.text.value }), this.text.value === this.kept.text));
    } catch (fault) {
      shown(panel('If saved now', 'its plan is not known', h('p', { class: 'why' }, words(fault))));
    }
  }

  /** The fault of the line that the cursor is in. */
  private cursor(): void {
    const line = this.text.value.slice(0, this.text.selectionStart).split('\n').length;
    const found = this.checked.faults.find(fault => fault.line === line);
    this.text.setAttribute('aria-invalid', String(!this.checked.ok));
    swap(this.here, h('span', {}, `line ${line}`), found ? h('b', {}, ` ◆ ${long(found.what)}${found.expected ? `; ${long(found.expected)}` : ''}`) : h('span', {}, ''));
  }

  private next(): void {
    const offset = (fault: Fault) => this.text.value.split('\n').slice(0, fault.line - 1).reduce((sum, line) => sum + line.length + 1, fault.column - 1);
    const places = this.checked.faults.map(offset).sort((a, b) => a - b);
    const found = places.find(place => place > this.text.selectionStart) ?? places[0];
    if (found === undefined) return;
    this.text.focus();
    this.text.setSelectionRange(found, found);
    this.cursor();
  }

  /** Written where it is valid, and nobody has written another meanwhile. */
  private async write(): Promise<void> {
    if (this.save.disabled || !may('admin')) return;
    this.save.disabled = true;
    try {
      this.kept = await put<PolicyText>(at('portfolios', this.id, 'file'), { text: this.text.value, version: this.kept.version }, newKey());
      this.told.textContent = 'Saved. A running loop takes its limits now, and decides by the rest from its next look on.';
      say('Saved');
      void this.plan();
    } catch (fault) {
      this.told.textContent = words(fault);
      this.save.disabled = false;
    }
  }
}

/** The trades with their reasons, and what becomes of drift and cost. */
function wouldPlan(plan: Plan, isSaved: boolean): HTMLElement {
  const count = plan.trades.length;
  return h('section', { class: 'panel plan' },
    h('header', {}, h('h2', {}, `${isSaved ? 'As it is' : 'If saved now'}: ${count === 0 ? 'no trade' : `${count} ${count === 1 ? 'trade' : 'trades'}, ${exact(plan.cost)} ${name(plan.base)}`}`), h('span', { class: 'dim' }, isSaved ? 'the plan of the text that is saved' : 'the plan of the text as it stands; nothing is saved')),
    h('p', { class: 'why' }, count === 0 && !plan.due ? 'Nothing to do. ' : '', sentence(plan.reason)),
    plan.refused && h('p', { class: 'refused' }, h('b', {}, 'Refused. '), sentence(plan.refused.reason)),
    count > 0 && table('Trades that it would make', [head('#', 'seq'), head('Trade'), head('Quantity', 'n'), head(`Value, ${name(plan.base)}`, 'n'), head('Cost', 'n')], plan.trades.map(t =>
      h('tr', {}, h('td', { class: 'seq' }, t.number), h('th', { scope: 'row' }, h('span', { class: `side ${t.side}` }, t.side === 'sell' ? 'Sell' : 'Buy'), ` ${name(t.asset)}`, h('small', {}, long(t.reason))),
        h('td', { class: 'n', title: t.quantity }, quantity(t.quantity)), h('td', { class: 'n', title: t.value }, exact(t.value)), h('td', { class: 'n', title: t.cost }, exact(t.cost))))),
    plan.notTraded.length > 0 && h('details', { class: 'not', id: 'would-not' }, h('summary', {}, `Not traded: ${plan.notTraded.length}`), h('ul', {}, ...plan.notTraded.map(n => h('li', {}, h('b', {}, name(n.asset)), ' ', long(n.reason))))),
    plan.before && plan.after && change(plan));
}
