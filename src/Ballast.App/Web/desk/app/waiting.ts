// The plan that a running loop has shown, and the answer of a person.
import { at, cancel, newKey, post } from './api';
import { h, head, swap, table } from './dom';
import { isStale, may, sheet, trouble, words } from './shell';
import { exact, long, name, quantity, sentence, short, time } from './words';
import type { KeptPlan, Loop, Running } from './types';

/** What the loop does, and, where it waits for a person, the plan with its answer. */
export function loopPanel(id: string, running: Running): HTMLElement {
  const { loop, plan } = running;
  if (!loop) return h('section', { class: 'panel' }, h('header', {}, h('h2', {}, 'Loop')), h('p', { class: 'why' }, 'No loop of this portfolio has run here. One on paper trades an account that is not there, at the prices of its venue; ', h('code', {}, 'ballast run FILE --live'), ' trades for real, and is begun on the command line only.'), begin(id, running));
  const waits = loop.running && loop.plan?.status === 'DRAFT' && plan !== null && plan.id === loop.plan.id;
  const works = loop.running && loop.plan !== null && !/^(COMPLETED|DECLINED|STOPPED|DENIED|EXPIRED|KILLED)/.test(loop.plan.status);
  const idle = !loop.running && begin(id, running);
  return h('section', { class: waits ? 'panel waiting' : 'panel', id: 'waiting' },
    h('header', {}, h('h2', {}, waits ? 'Waits for you' : 'Loop'), h('span', { class: loop.mode === 'live' ? 'chip live-mode' : 'chip' }, loop.mode), h('span', { class: loop.age === 'fresh' ? 'dim' : 'watch' }, loop.running ? `${loop.state}, said ${time(loop.at)}` : loop.age === 'ended' ? `ended ${time(loop.at)}` : `◆ no word since ${time(loop.at)}`),
      plan && h('span', { class: 'dim right', title: plan.digest }, short(plan.digest))),
    loop.lastDecision && h('p', { class: 'why' }, sentence(loop.lastDecision)),
    loop.plan && h('p', { class: 'why' }, `Plan ${name(loop.plan.id)} is ${loop.plan.status === 'DRAFT' ? 'waiting for approval' : loop.plan.status.toLowerCase().replaceAll('_', ' ')}. `, loop.plan.status !== 'DRAFT' && loop.plan.why && sentence(loop.plan.why)),
    plan && works && table('Trades of the plan', [head('#', 'seq'), head('Trade'), head('Quantity', 'n'), head('about', 'n opt'), head(`Value, ${name(plan.base)}`, 'n')], plan.trades.map(t =>
      h('tr', {}, h('td', { class: 'seq' }, t.number), h('th', { scope: 'row' }, h('span', { class: `side ${t.side}` }, t.side === 'sell' ? 'Sell' : 'Buy'), ` ${name(t.instrument)}`, h('small', {}, `${long(t.reason)}; ${name(t.account)}`)),
        h('td', { class: 'n', title: t.quantity }, quantity(t.quantity)), h('td', { class: 'n opt', title: t.price }, quantity(t.price)), h('td', { class: 'n', title: t.value }, exact(t.value))))),
    orders(loop),
    idle,
    loop.running && running.ours && !works && h('footer', { class: 'acts' }, h('span', { class: 'dim' }, 'begun at this desk, and ends with it'), end(id, loop)),
    works && h('footer', { class: 'acts' }, waits && h('span', { class: 'dim' }, `holds until ${time(plan!.expiresAt)}`),
      waits && h('button', { id: 'decline', disabled: !may('operator'), onclick: () => decline(id, plan!) }, 'Decline ', h('kbd', {}, 'r')),
      !waits && h('button', { id: 'stop-plan', disabled: !may('operator'), onclick: () => stopPlan(id, loop) }, 'Stop this plan'),
      waits && h('button', { class: 'primary', id: 'approve', disabled: !may('operator'), onclick: () => approve(id, plan!, loop) }, `Approve ${plan!.trades.length} ${plan!.trades.length === 1 ? 'trade' : 'trades'} `, h('kbd', {}, 'a'))));
}

/** Begins a loop on paper; never a live one. */
function begin(id: string, running: Running): HTMLElement {
  const told = h('div', { role: 'status' });
  const key = newKey();
  const venue = running.venues && h('select', { id: 'paper-venue', 'aria-label': 'At the prices of' }, ...running.venues.map(v => h('option', { value: v }, name(v))));
  const button = h('button', { class: 'primary', id: 'begin-paper', disabled: !may('operator'), onclick: async () => {
    button.disabled = true;
    swap(told, h('p', { class: 'why' }, 'It connects and compares its books…'));
    try {
      await post(at('portfolios', id, 'paper'), venue ? { venue: venue.value } : {}, key);
      dispatchEvent(new Event('desk-changed'));
    } catch (fault) { swap(told, trouble(fault)); button.disabled = false; }
  } }, 'Begin on paper');
  return h('div', {}, told, h('footer', { class: 'acts' }, h('span', { class: 'dim' }, 'no real orders; it ends with the desk'), venue, button));
}

function end(id: string, loop: Loop): HTMLElement {
  const button = h('button', { id: 'end-paper', disabled: !may('operator'), onclick: async () => {
    button.disabled = true;
    try { await cancel(at('portfolios', id, 'paper')); } catch (fault) { button.disabled = false; button.title = words(fault); }
    dispatchEvent(new Event('desk-changed'));
  } }, `End the loop of ${name(loop.name)}`);
  return button;
}

function orders(loop: Loop): HTMLElement | null {
  return loop.orders.length === 0 ? null : table('Orders at the venues', [head('Order'), head('Quantity', 'n'), head('Filled', 'n'), head('State')], loop.orders.map(o =>
    h('tr', {}, h('th', { scope: 'row' }, `${o.side === 'sell' ? 'Sell' : 'Buy'} ${name(o.instrument)}`, h('small', {}, `${name(o.account)} · ${short(o.id)}`)), h('td', { class: 'n', title: o.quantity }, quantity(o.quantity)), h('td', { class: 'n', title: o.filled }, quantity(o.filled)), h('td', {}, o.state.toLowerCase().replaceAll('_', ' ')))));
}

function approve(id: string, plan: KeptPlan, loop: Loop): void {
  if (isStale()) return;
  sheet(`Approve ${plan.trades.length} trades`, [h('ul', { class: 'plainlist' }, ...plan.trades.map(t => h('li', {}, `${t.side === 'sell' ? 'Sell' : 'Buy'} ${t.quantity} ${name(t.instrument)} at about ${t.price} in ${name(t.account)}`))),
    h('p', {}, `${loop.mode === 'live' ? 'Real money. ' : 'On paper. '}It holds until ${time(plan.expiresAt)}. Digest ${short(plan.digest)}.`)], 'Approve', 'Note for the journal', async (note, key) => {
    await post(at('portfolios', id, 'plans', plan.id, 'approve'), { digest: plan.digest, ...(note ? { note } : {}) }, key);
    return 'Approved. The loop is told; its orders appear here.';
  });
}

function decline(id: string, plan: KeptPlan): void {
  sheet('Decline the plan', [h('p', {}, 'Nothing of it is sent; the loop goes on looking.')], 'Decline', 'Why', async (note, key) => {
    await post(at('portfolios', id, 'plans', plan.id, 'decline'), note ? { note } : {}, key);
    return 'Declined. The loop is told.';
  });
}

function stopPlan(id: string, loop: Loop): void {
  sheet('Stop this plan', [h('p', {}, `${loop.orders.length} open orders are cancelled and nothing more of the plan is sent; what is filled stays. The loop goes on looking.`)], 'Stop the plan', 'Why', async (note, key) => {
    await post(at('portfolios', id, 'stop'), note ? { note } : {}, key);
    return 'The loop is told.';
  });
}
