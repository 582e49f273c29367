// Stopping and going on; what each account says of itself.
import { number } from '../format';
import { get, post, at } from './api';
import { h, head, panel, table } from './dom';
import { setPageKeys } from './keys';
import { may, safety as read, sheet, stopAll } from './shell';
import { age, long, name, quantity, sentence, time } from './words';
import type { Account, Loop, Overview, Safety } from './types';

export async function safety(): Promise<Node[]> {
  document.title = 'Safety · Ballast';
  const [said, overview] = await Promise.all([read(), get<Overview>('/overview')]);
  setPageKeys({});
  return [h('h1', {}, 'Safety'), h('div', { class: 'cols' }, h('div', { class: 'left' }, stopPanel(said), accounts(said, overview), await limits(overview)), h('div', { class: 'rightcol' }, alerts(said, overview), loops(said)))];
}

function stopPanel(said: Safety): HTMLElement {
  const reason = h('input', { id: 'stop-reason', maxlength: 500, autocomplete: 'off', placeholder: 'why (may be left out)', 'aria-label': 'Why' });
  const names = [...new Set(said.loops.flatMap(loop => loop.accounts.map(account => account.account)))].sort();
  const scope = h('select', { id: 'stop-scope', 'aria-label': 'What is stopped' }, h('option', { value: '' }, 'everything'), ...names.map(account => h('option', { value: account }, `only ${name(account)}`)));
  const orders = said.loops.filter(l => l.running).flatMap(l => l.orders);
  return h('section', { class: 'panel stopping' }, h('header', {}, h('h2', {}, '■ Stop all trading')),
    h('p', { class: 'why' }, 'No new orders, at once. Open orders are cancelled at each venue. Positions stay.'),
    said.kill && h('p', { class: 'why act' }, `Stopped now: ${said.kill.scope === '*' ? 'everything' : name(said.kill.scope)}, by ${name(said.kill.by)}: ${sentence(said.kill.reason)} ${orders.length} orders still open.`),
    h('div', { class: 'acts' }, scope, reason, h('button', { class: 'stop big', disabled: !may('operator'), onclick: () => void stopAll(scope.value || null, reason.value.trim() || null) }, '■ Stop now')),
    h('footer', { class: 'acts' }, h('span', { class: 'dim' }, 'Without script: ', h('a', { href: '/stop' }, 'the plain form'), '. Without this page: ', h('code', {}, 'ballast kill')),
      h('button', { id: 'resume', disabled: !may('admin'), onclick: () => resume(said) }, 'Resume…')));
}

function resume(said: Safety): void {
  const running = said.loops.filter(l => l.running);
  sheet('Let trading go on', [h('p', {}, running.length === 0 ? 'The switch is cleared. No loop runs now; one that starts compares its books with the venue first.'
    : `${running.map(l => name(l.name)).join(', ')}: the books are compared with the venues first; then each loop looks, and may plan and trade as its file says.`)], 'Resume', 'Why (kept in the journal)', async (note, key) => {
    await post('/safety/resume', { reason: note }, key);
    return 'Trading may go on after the books are compared.';
  });
}

function accounts(said: Safety, overview: Overview): HTMLElement {
  const rows = said.loops.flatMap(loop => loop.accounts.map(account => line(loop, account, overview)));
  return panel('Accounts', 'as the running loops see them', rows.length === 0 ? h('p', { class: 'why' }, 'No loop has run here, so that no account is watched.')
    : table('Accounts', [head('Account'), head('Health'), head('Clock', 'n opt'), head('Balances', 'opt'), head('')], rows));
}

function line(loop: Loop, account: Account, overview: Overview): HTMLElement {
  const state = !loop.running ? [loop.age === 'ended' ? 'ended' : 'no word', loop.age === 'ended' ? '○' : '◆'] : account.ready && account.up ? ['ready', '●'] : account.up ? ['waits', '◆'] : ['away', '◆'];
  const id = overview.items.find(row => row.name === loop.name)?.id;
  return h('tr', {}, h('th', { scope: 'row' }, name(account.account), h('small', {}, `${name(loop.name)}, ${loop.mode}, ${time(loop.at)}`)),
    h('td', { class: state[1] === '◆' ? 'watch' : '' }, `${state[1]} ${state[0]}`, account.why && h('small', { class: 'wraps' }, long(account.why))),
    h('td', { class: 'n opt' }, account.clockAheadMs === null ? '–' : `${number(account.clockAheadMs, 0)} ms`),
    h('td', { class: 'opt wraps' }, Object.entries(account.balances).slice(0, 12).map(([asset, amount]) => `${quantity(amount)} ${name(asset)}`).join(', ')),
    h('td', {}, id !== undefined && loop.running && account.why !== null && account.up && !account.ready && !('*' in loop.kills) && !(account.account in loop.kills) && h('button', { disabled: !may('operator'), onclick: () => accept(id, account) }, 'Accept…')));
}

function accept(id: string, account: Account): void {
  sheet(`Let the figures of ${name(account.account)} stand`, [h('p', {}, sentence(account.why ?? '')), h('p', {}, 'The venue’s figures are taken where they differ from the books. Look at both first.')], 'Accept', 'What you have looked at (kept in the journal)', async (note, key) => {
    await post(at('portfolios', id, 'accounts', account.account, 'accept'), { note }, key);
    return 'The loop is told.';
  });
}

function alerts(said: Safety, overview: Overview): HTMLElement {
  const all = overview.items.filter(row => row.needs).map(row => ({ text: `${row.name}: ${row.needs}`, act: row.state === 'Stopped', path: at('portfolios', row.id) }));
  for (const loop of said.loops) if (loop.age === 'stale' && overview.items.every(row => row.name !== loop.name)) all.push({ text: `${loop.name}: the loop has said nothing for ${age(loop.ageSeconds)}.`, act: false, path: '/safety' });
  return panel('Alerts', null, all.length === 0 ? h('p', { class: 'why' }, 'Nothing needs you.') : h('ul', { class: 'needs' }, ...all.map(a => h('li', { class: a.act ? 'act' : 'watch' }, a.act ? '■ ' : '◆ ', h('a', { href: a.path }, 'open'), h('span', {}, long(a.text))))));
}

/** What the files allow, in words; each plan and each order is held against them. */
async function limits(overview: Overview): Promise<HTMLElement> {
  const rules = await Promise.all(overview.items.slice(0, 50).map(async row => ({ row, said: await get<{ ok: boolean; limits: string[] }>(at('portfolios', row.id, 'rules')) })));
  return panel('Limits', 'of the portfolio files', table('Limits', [head('Portfolio'), head('Limits')], rules.map(({ row, said }) =>
    h('tr', {}, h('th', { scope: 'row' }, name(row.name)), h('td', { class: 'wraps' }, !said.ok ? 'the file is wrong' : said.limits.length === 0 ? 'none is set' : h('ul', { class: 'plainlist' }, ...said.limits.map(l => h('li', {}, sentence(l)))))))));
}

function loops(said: Safety): HTMLElement {
  return panel('Loops', null, said.loops.length === 0 ? h('p', { class: 'why' }, h('code', {}, 'ballast run'), ' begins one.') : table('Loops', [head('Loop'), head('State'), head('Orders', 'n')], said.loops.map(loop =>
    h('tr', {}, h('th', { scope: 'row' }, name(loop.name), h('small', {}, `${loop.mode}, since ${time(loop.started)}`)), h('td', { class: loop.running || loop.age === 'ended' ? '' : 'watch' }, loop.running ? long(loop.state) : loop.age === 'ended' ? `ended ${time(loop.at)}` : `◆ no word for ${age(loop.ageSeconds)}`), h('td', { class: 'n' }, loop.orders.length)))));
}
