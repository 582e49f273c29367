// The plan that the rules make now, and what becomes of it when a person changes it. Every figure is the service's.
import { number, percent } from '../format';
import { at, get, post, Refused } from './api';
import { h, head, swap, table, type Child } from './dom';
import { say, words } from './shell';
import { exact, long, name, quantity, sentence, typed } from './words';
import type { Plan, Trade } from './types';

type Change = (after: Plan | null) => void;

/** A panel that keeps the person's edits while everything round it is read again. */
export class PlanPanel {
  readonly element = h('section', { class: 'panel plan', id: 'plan', 'aria-label': 'What the rules would trade now' });
  private readonly edits = new Map<number, string>();
  /** As it was typed, which may not be a number yet. */
  private readonly typing = new Map<number, string>();
  /** Lines made; more are shown when asked for. */
  private many = 100;
  private planned: Plan | null = null;
  private shown: Plan | null = null;
  private cash = '';
  private anyway = false;
  private asked = 0;
  private timer = 0;
  private fault = '';

  /** Told of what is shown, so that the page can draw where things end. */
  tell: Change = () => {};

  constructor(private readonly id: string) {}

  get isEdited() { return this.edits.size > 0; }

  async load(): Promise<void> {
    if (this.isEdited) return this.draw(); // What a person is at is not taken from under him.
    this.planned = this.shown = this.cash || this.anyway ? await this.question() : await get<Plan>(at('portfolios', this.id, 'plan'));
    this.draw();
  }

  focusEdit(): void {
    this.element.querySelector<HTMLInputElement>('tbody input')?.focus();
  }

  undo(): void {
    this.clear();
    this.fault = '';
    this.shown = this.planned;
    this.draw();
  }

  /** The plan as text, to paste elsewhere. */
  async copy(): Promise<void> {
    const plan = this.shown;
    if (!plan) return;
    await navigator.clipboard.writeText([sentence(plan.reason), ...plan.trades.map(t => `${t.number}. ${t.side.toUpperCase()} ${t.quantity} ${t.instrument} at ${t.price} (${t.account}): ${t.reason}`), `Cost ${plan.cost} ${plan.base}`].join('\n'));
    say('Copied the plan as text.');
  }

  private clear(): void {
    this.edits.clear();
    this.typing.clear();
  }

  private question = () => post<Plan>(at('portfolios', this.id, 'plan'), {
    ...(this.cash ? { cash: this.cash } : {}), ...(this.anyway ? { anyway: true } : {}), ...(this.edits.size ? { edits: Object.fromEntries(this.edits) } : {}),
  });

  /** Asks 150 ms after the last key; the old answer stays, dim, until the new one is there. */
  private ask(fresh: boolean): void {
    clearTimeout(this.timer);
    this.element.classList.add('waits');
    this.timer = setTimeout(async () => {
      const turn = ++this.asked;
      try {
        const answer = await this.question();
        if (turn !== this.asked) return;
        this.fault = '';
        this.shown = answer;
        if (fresh) this.planned = answer;
      } catch (fault) {
        if (turn === this.asked) this.fault = fault instanceof Refused ? fault.problem.detail : words(fault);
      }
      if (turn === this.asked) this.draw();
    }, 150);
  }

  private draw(): void {
    const plan = this.shown;
    this.element.classList.remove('waits');
    swap(this.element, ...(plan ? this.content(plan) : []));
    this.tell(plan?.trades.length ? plan : null);
  }

  private content(plan: Plan): Node[] {
    const parts: Child[] = [
      h('header', {}, h('h2', {}, 'What the rules would trade now'), h('span', { class: 'chip' }, this.isEdited ? 'edited, not sent' : 'a question, nothing is sent')),
      h('p', { class: 'why' }, plan.trades.length === 0 && !plan.due ? 'Nothing to do. ' : '', sentence(plan.reason)),
      h('div', { class: 'ask' },
        h('label', {}, 'New cash ', h('input', { id: 'new-cash', inputmode: 'decimal', value: this.cash, placeholder: `0 ${plan.base}`, autocomplete: 'off', onchange: (e: Event) => this.setCash((e.target as HTMLInputElement).value) })),
        h('label', {}, h('input', { type: 'checkbox', checked: this.anyway, onchange: (e: Event) => { this.anyway = (e.target as HTMLInputElement).checked; this.clear(); this.ask(true); } }), ' plan though no rule fires')),
      plan.refused && h('p', { class: 'refused', role: 'alert' }, h('b', {}, 'Refused. '), sentence(plan.refused.reason), ' ', h('code', {}, plan.refused.code)),
      this.fault && h('p', { class: 'refused', role: 'alert' }, long(this.fault)),
    ];
    const left = this.planned!.trades.length - this.many;
    const trades = this.planned!.trades.slice(0, this.many).map(t => this.trade(t, plan));
    if (trades.length > 0) parts.push(table('Trades in the order they are sent', [head('#', 'seq'), head('Trade'), head('Quantity', 'n'), head(`Value, ${name(plan.base)}`, 'n opt'), head('Cost', 'n'), head('Cash after', 'n opt')], trades));
    if (left > 0) parts.push(h('button', { id: 'more-trades', onclick: () => { this.many += 200; this.draw(); } }, `Show more; ${left} are left`));
    if (plan.notTraded.length > 0) parts.push(h('details', { class: 'not', open: true }, h('summary', {}, `Not traded: ${plan.notTraded.length}`), h('ul', {}, ...plan.notTraded.slice(0, this.many).map(n => h('li', {}, h('b', {}, name(n.asset)), ' ', h('code', {}, n.code), ' ', long(n.reason))), plan.notTraded.length > this.many && h('li', { class: 'dim' }, `and ${plan.notTraded.length - this.many} more`))));
    if (plan.before && plan.after) parts.push(change(plan));
    for (const warning of plan.warnings ?? []) parts.push(h('p', { class: 'why' }, '◆ ', sentence(warning)));
    parts.push(h('footer', { class: 'acts' }, h('span', { class: 'dim' }, `instruments: ${long(plan.instruments)}`), this.isEdited && h('button', { onclick: () => this.undo() }, 'Undo edits'), plan.trades.length > 0 && h('button', { onclick: () => void this.copy() }, 'Copy as text')));
    return parts.filter((part): part is Node => part instanceof Node);
  }

  private trade(planned: Trade, plan: Plan): HTMLElement {
    const now = plan.trades.find(t => t.instrument === planned.instrument && t.account === planned.account && t.side === planned.side);
    const wanted = this.edits.get(planned.number);
    const field = h('input', {
      id: `edit-${planned.number}`, inputmode: 'decimal', autocomplete: 'off', value: this.typing.get(planned.number) ?? planned.quantity, 'aria-label': `Quantity of ${planned.asset}`, title: planned.quantity,
      oninput: () => this.edit(planned, field), onkeydown: (e: KeyboardEvent) => { if (e.key === 'Escape') { this.edits.delete(planned.number); this.typing.delete(planned.number); field.value = planned.quantity; this.ask(false); } },
    });
    return h('tr', { class: wanted === undefined ? '' : 'edited' }, h('td', { class: 'seq' }, planned.number),
      h('th', { scope: 'row' }, h('span', { class: `side ${planned.side}` }, planned.side === 'sell' ? 'Sell' : 'Buy'), ` ${name(planned.asset)}`, h('small', {}, wanted === undefined ? long(planned.reason) : `was ${quantity(planned.quantity)}`)),
      h('td', { class: 'n' }, field), h('td', { class: 'n opt', title: now?.value }, now ? exact(now.value) : '–'), h('td', { class: 'n', title: now?.cost }, now ? exact(now.cost) : '–'), h('td', { class: 'n opt', title: now?.cashAfter }, now ? exact(now.cashAfter) : '–'));
  }

  private edit(trade: Trade, field: HTMLInputElement): void {
    const exactly = typed(field.value);
    this.typing.set(trade.number, field.value);
    field.setAttribute('aria-invalid', String(exactly === null));
    if (exactly === null) return;
    if (exactly === trade.quantity) this.edits.delete(trade.number); else this.edits.set(trade.number, exactly);
    this.ask(false);
  }

  private setCash(text: string): void {
    const negative = text.trim().startsWith('-') || text.trim().startsWith('−');
    const amount = text.trim() === '' ? '' : typed(text.trim().replace(/^[-−]/, ''));
    if (amount === null) { this.fault = `“${text}” is not an amount, or could be read in two ways; expected digits with a point, such as 1000 or -250.50.`; this.draw(); return; }
    this.cash = amount === '' ? '' : (negative ? '-' : '') + amount;
    this.clear();
    this.ask(true);
  }
}

/** Before and after, with what it costs. */
export function change(plan: Plan): HTMLElement {
  const [before, after] = [plan.before!, plan.after!];
  const row = (label: string, from: string, to: string, unit: string, verdict: '' | 'better' | 'worse') =>
    h('tr', {}, h('th', { scope: 'row' }, label), h('td', {}, h('span', { class: 'dim' }, `${from} → `), h('b', {}, to), ` ${unit} `, verdict && h('span', { class: verdict }, verdict === 'better' ? '✓ better' : '! worse')));
  const verdict = (from: number, to: number) => Math.abs(from - to) < 1e-9 ? '' : to < from ? 'better' : 'worse';
  return h('table', { class: 'change' }, h('caption', { class: 'hidden' }, 'What the plan changes'), h('tbody', {},
    row('Largest drift', number(before.largestDrift * 100), number(after.largestDrift * 100), 'points', verdict(before.largestDrift, after.largestDrift)),
    before.trackingError !== null && after.trackingError !== null && row('Tracking error', percent(before.trackingError, 2), percent(after.trackingError, 2), 'a year', verdict(before.trackingError, after.trackingError)),
    row('Cash', exact(before.cash), exact(after.cash), name(plan.base), ''),
    h('tr', { class: 'total' }, h('th', { scope: 'row' }, 'Expected cost'), h('td', { title: plan.cost }, h('b', {}, exact(plan.cost)), ` ${name(plan.base)} · ${number(plan.costBps, 1)} bps of value`))));
}
