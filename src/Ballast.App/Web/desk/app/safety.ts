// Stopping and going on; what each account says of itself.
import { number, percent } from '../format';
import { get, post, at } from './api';
import { h, head, panel, swap, table } from './dom';
import { setPageKeys } from './keys';
import { may, safety as read, sheet, stopAll } from './shell';
import { age, exact, long, name, quantity, sentence, time } from './words';
import type { Account, Loop, Overview, Safety } from './types';

/** How many rows of a list are shown; what needs a look is first. */
const most = 24;

export async function safety(): Promise<Node[]> {
  document.title = 'Safety · Ballast';
  const [said, overview] = await Promise.all([read(), get<Overview>('/overview')]);
  setPageKeys({});
  const [health, news] = [h('div', { class: 'moving' }, ...moving(said, overview)), h('div', { class: 'moving' }, told(said), loops(said))];
  const look = async () => {
    if (!health.isConnected) return removeEventListener('desk-beat', look);
    if (document.hidden || health.contains(document.activeElement)) return;
    const now = await get<Safety>('/safety');
    swap(health, ...moving(now, overview));
    swap(news, told(now), loops(now));
  };
  setTimeout(() => addEventListener('desk-beat', look));
  return [h('h1', {}, 'Safety'), h('div', { class: 'cols' }, h('div', { class: 'left' }, stopPanel(said), health, await limits(overview)), h('div', { class: 'rightcol' }, alerts(said, overview), news))];
}

const moving = (said: Safety, overview: Overview) => [accounts(said, overview), uses(said)];

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
  return panel('Venues', 'as the running loops see them', rows.length === 0 ? h('p', { class: 'why' }, 'No loop has run here, so that no venue is watched. A portfolio’s page begins one on paper; ', h('code', {}, 'ballast run'), ' begins any.')
    : table('Venues', [head('Account'), head('Health'), head('Last price', 'n'), head('Books agree', 'n'), head('Clock', 'n opt'), head('')], rows));
}

function line(loop: Loop, account: Account, overview: Overview): HTMLElement {
  const state = !loop.running ? [loop.age === 'ended' ? 'ended' : 'no word', loop.age === 'ended' ? '○' : '◆'] : account.ready && account.up ? ['ready', '●'] : account.up ? ['waits', '◆'] : ['away', '◆'];
  const id = overview.items.find(row => row.name === loop.name)?.id;
  const since = (at: string | null) => !loop.running || !at ? '–' : `${age(Math.max(0, (Date.parse(loop.at) - Date.parse(at)) / 1000))} ago`;
  const held = Object.entries(account.balances).slice(0, 12).map(([asset, amount]) => `${quantity(amount)} ${name(asset)}`).join(', ');
  return h('tr', {}, h('th', { scope: 'row' }, name(account.account), h('small', {}, `${account.venue ? `${name(account.venue)}${account.proven ? '' : ', not proven'}; ` : ''}${name(loop.name)}, ${loop.mode}`)),
    h('td', { class: state[1] === '◆' ? 'watch' : '', title: held }, `${state[1]} ${state[0]}`, account.why && h('small', { class: 'wraps' }, long(account.why))),
    h('td', { class: 'n', title: account.pricedAt ?? '' }, since(account.pricedAt)),
    h('td', { class: 'n', title: account.agreedAt ?? '' }, since(account.agreedAt)),
    h('td', { class: 'n opt' }, account.clockAheadMs === null ? '–' : `${number(account.clockAheadMs, 0)} ms`),
    h('td', {}, id !== undefined && loop.running && account.why !== null && account.up && !account.ready && !('*' in loop.kills) && !(account.account in loop.kills) && h('button', { disabled: !may('operator'), onclick: () => accept(id, account) }, 'Accept…')));
}

/** What is used up of the limits in force, the fullest first; and which raises wait. */
function uses(said: Safety): HTMLElement {
  const running = said.loops.filter(loop => loop.running);
  const all = running.flatMap(loop => (loop.uses ?? []).map(use => ({ loop, use, share: Number(use.most) > 0 ? Number(use.used) / Number(use.most) : Number(use.used) > 0 ? 1 : 0 }))).sort((a, b) => b.share - a.share);
  const waits = running.flatMap(loop => (loop.limits ?? []).filter(limit => limit.from).map(limit => h('li', {}, `${name(loop.name)}: ${name(limit.limit)} is ${Number(limit.inForce)} until ${time(limit.from)}, then ${Number(limit.wanted)}`)));
  return panel('Limits in force', 'what is used of them now', all.length === 0 ? h('p', { class: 'why' }, 'No loop runs, so that nothing is used up.')
    : table('Limits in force', [head('What'), head('Now', 'n'), head('Limit', 'n'), head('', 'opt')], all.slice(0, most).map(({ loop, use, share }) => h('tr', {},
      h('th', { scope: 'row' }, sentence(use.words).replace(/\.$/, ''), h('small', {}, `${use.account ? `${name(use.account)}, ` : ''}${name(loop.name)}`)),
      h('td', { class: share >= 0.8 ? 'n watch' : 'n' }, `${share >= 0.8 ? '◆ ' : ''}${figure(use.used, use.unit)}`), h('td', { class: 'n' }, figure(use.most, use.unit)),
      h('td', { class: 'opt' }, h('meter', { min: 0, max: 1, high: 0.8, value: Math.min(1, share), 'aria-label': `${percent(share, 0)} used` }))))),
    all.length > most && h('p', { class: 'why dim' }, `and ${all.length - most} that are less used`),
    waits.length > 0 && h('div', {}, h('p', { class: 'why' }, 'A raise waits, so that nobody who gets at the file can use it at once:'), h('ul', { class: 'waits' }, ...waits)));
}

const figure = (text: string, unit: string) => unit === 'share' ? percent(Number(text), Number(text) < 0.1 ? 2 : 1) : exact(text, unit === 'count' ? 0 : 2);

/** What the loops told a person, newest first. */
function told(said: Safety): HTMLElement {
  const all = said.loops.flatMap(loop => (loop.told ?? []).map(word => ({ loop, word }))).sort((a, b) => b.word.at.localeCompare(a.word.at)).slice(0, most);
  return panel('Told lately', 'by the loops since they began', all.length === 0 ? h('p', { class: 'why' }, 'Nothing.')
    : h('ul', { class: 'tidings' }, ...all.map(({ loop, word }) => h('li', {}, h('time', { datetime: word.at, title: word.at }, time(word.at)), h('span', {}, long(word.text)), h('small', {}, `${name(loop.name)}, ${name(word.code)}`)))));
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
  return panel('Needs you', null, all.length === 0 ? h('p', { class: 'why' }, 'Nothing needs you.') : h('ul', { class: 'needs' }, ...all.map(a => h('li', { class: a.act ? 'act' : 'watch' }, a.act ? '■ ' : '◆ ', h('a', { href: a.path }, 'open'), h('span', {}, long(a.text))))));
}

/** What the files allow, in words; each plan and each order is held against them. */
async function limits(overview: Overview): Promise<HTMLElement> {
  const rules = await Promise.all(overview.items.slice(0, 50).map(async row => ({ row, said: await get<{ ok: boolean; limits: string[] }>(at('portfolios', row.id, 'rules')) })));
  return panel('Limits of the plans', 'by the portfolio files', table('Limits', [head('Portfolio'), head('Limits')], rules.map(({ row, said }) =>
    h('tr', {}, h('th', { scope: 'row' }, name(row.name)), h('td', { class: 'wraps' }, !said.ok ? 'the file is wrong' : said.limits.length === 0 ? 'none is set' : h('ul', { class: 'plainlist' }, ...said.limits.map(l => h('li', {}, sentence(l)))))))));
}

function loops(said: Safety): HTMLElement {
  return panel('Loops', null, said.loops.length === 0 ? h('p', { class: 'why' }, 'None has run here.') : table('Loops', [head('Loop'), head('State'), head('Orders', 'n')], said.loops.map(loop =>
    h('tr', {}, h('th', { scope: 'row' }, name(loop.name), h('small', {}, `${loop.mode}, since ${time(loop.started)}`)), h('td', { class: loop.running || loop.age === 'ended' ? '' : 'watch' }, loop.running ? long(loop.state) : loop.age === 'ended' ? `ended ${time(loop.at)}` : `◆ no word for ${age(loop.ageSeconds)}`), h('td', { class: 'n' }, loop.orders.length)))));
}
