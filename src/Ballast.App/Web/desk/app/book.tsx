// A derivatives book: what it is exposed to, what it would be with other quantities, and what margin that needs. The service computes all of it.
import { useEffect, useState } from 'preact/hooks';
import { number, percent, plain, signed } from '../format';
import type { Columns } from '../parts/table';
import { at as path, get, post, Refused } from './api';
import { Curves, HeatTable } from './chart';
import { HedgeBox, Legs, TraceBox, useOrder } from './hedge';
import { Box, mount, Trouble, useAsked } from './mount';
import type { BookFigures as Figures, BookGrid, BookNow, BookPlan, Contract, Contracts, Exposed, LadderCell, LiquidationPoint, Margin, Num, Payoff } from './served';
import { sentence, time, typedSigned } from './words';

type Wishes = Record<string, string>;
type Greek = 'delta' | 'gamma' | 'vega' | 'theta';

const digits: Record<Greek, number> = { delta: 4, gamma: 4, vega: 0, theta: 0 };
const units: Record<Greek, string> = { delta: 'coins, Black-Scholes', gamma: 'coins per 1 %', vega: 'USD per point', theta: 'USD a day' };
const day = (iso: string | null) => iso ? iso.slice(0, 10) : 'no expiry';
const shareOf = (use: Num | undefined) => use === null || use === undefined ? '–' : percent(use);

export const book = (id: string | null): Node[] => mount(id === null ? <Empty /> : <Book key={id} id={id} />);

const Empty = () => <section class="panel"><header><h2>No derivatives here</h2></header><p>A portfolio whose file has a `hedge:` or `margin:` section shows its book here: put its positions beside it as NAME.book.csv and the prices as NAME.chain.csv. <a href="/start">The example has one</a>.</p></section>;

function Book({ id }: { id: string }) {
  const [version, setVersion] = useState(0);
  const [wishes, setWishes] = useState<Wishes>({});
  const [numeraire, setNumeraire] = useState('');
  useEffect(() => {
    const changed = (event: Event) => { if ((event as CustomEvent<{ id: string }>).detail.id === id) setVersion(v => v + 1); };
    addEventListener('desk-files', changed);
    return () => removeEventListener('desk-files', changed);
  }, [id]);
  const base = path('portfolios', id, 'book');
  const now = useAsked(() => get<BookNow>(`${base}${numeraire ? `?numeraire=${numeraire}` : ''}`), `${version} ${numeraire}`);
  const key = JSON.stringify(wishes);
  const then = useAsked(() => Object.keys(wishes).length === 0 ? Promise.resolve(null) : post<Figures>(`${base}/whatif`, { quantities: wishes }), `${key} ${version}`, 150);
  const far = useAsked(() => Object.keys(wishes).length === 0 ? Promise.resolve(null) : post<Figures>(`${base}/whatif`, { quantities: wishes, far: true }), `${key} ${version}`, 800);
  if (now.fault instanceof Refused && now.fault.problem.code === 'NO_BOOK') return <Empty />;
  if (now.said === null) return now.fault ? <section class="panel trouble"><header><h2>The book cannot be read</h2></header><Trouble fault={now.fault} /></section> : <section class="panel"><header><h1>Book</h1></header><p class="dim">Reading the book and its chain…</p></section>;
  const wished = Object.keys(wishes).length > 0 && then.said;
  const liquidation = far.waits ? undefined : far.said?.margin?.liquidation; // It takes longer, and is asked for when the hand rests.
  const shown: Figures = wished ? { ...wished, margin: wished.margin && (liquidation ? { ...wished.margin, liquidation } : wished.margin) } : now.said;
  const withWishes = Object.entries(wishes).map(([name, quantity]) => `${name}=${quantity}`).join(';');
  const counted = numeraire || now.said.numeraire || 'coin';
  return (
    <div class={`book left ${now.fault || then.waits && Object.keys(wishes).length > 0 ? 'old' : ''}`}>
      <div class="title"><h1>{plain(now.said.name)}</h1><span class="dim">prices of {time(now.said.at)} · {now.said.exposure.units}</span></div>
      <Trouble fault={now.fault} /><Trouble fault={then.fault} />
      <Line now={now.said} shown={shown} numeraire={counted} choose={setNumeraire} />
      <Positions base={base} now={now.said} shown={shown} wishes={wishes} setWishes={setWishes} />
      {shown.exposure.missing.length > 0 && <p class="refused">Without a price, and left out: {shown.exposure.missing.map(m => `${m.instrument} (${m.reason})`).join('; ')}.</p>}
      {now.said.hedge && <div class="cols hedging"><HedgeBox base={base} version={version} numeraire={counted} take={setWishes} /><TraceBox base={base} version={version} numeraire={counted} /></div>}
      <div class="cols">
        <div class="left"><PayoffBox base={base} withWishes={withWishes} version={version} numeraire={counted} /><GridBox base={base} withWishes={withWishes} version={version} /></div>
        <div class="rightcol"><LadderBox shown={shown} /><TenorBox shown={shown} />{withWishes && <OrderBox base={base} withWishes={withWishes} version={version} />}<UnwindBox margin={now.said.margin} limits={now.said.limits} /></div>
      </div>
    </div>
  );
}

function Line({ now, shown, numeraire, choose }: { now: BookNow; shown: Figures; numeraire: string; choose: (numeraire: string) => void }) {
  const [x, before] = [shown.exposure.underlyings[0], now.exposure.underlyings[0]];
  if (!x || !before) return null;
  const counted = (e: Exposed) => numeraire === 'money' ? e.delta.money : e.delta.coin;
  const was = (a: string, b: string) => a === b ? null : <div class="sub">was {b}</div>;
  const figure = (name: string, of: (e: Exposed) => string, unit: string, more: preact.ComponentChildren = null) => <div><dt>{name} <span class="dim">{unit}</span></dt><dd>{of(x)}{was(of(x), of(before))}{more}</dd></div>;
  const near = (m: Margin | null) => [m?.liquidation?.below, m?.liquidation?.above].filter((p): p is LiquidationPoint => !!p).sort((a, b) => Math.abs(a.move) - Math.abs(b.move))[0];
  const liquidation = (m: Margin | null) => m && !m.refused && !m.liquidation ? '…' : m?.liquidation?.already ? 'now' : near(m) ? `${near(m).price === null ? '' : number(near(m).price!, 0)} (${signed(near(m).move * 100, 1)} %)` : 'none';
  const close = Math.abs(near(shown.margin)?.move ?? 1);
  return (
    <dl class="figures across">
      <div><dt>Delta, counted in <select aria-label="Delta counted in" value={numeraire} onChange={event => choose(event.currentTarget.value)}><option value="coin">coin</option><option value="money">money</option></select></dt>
        <dd>{signed(counted(x), 4)} {x.underlying}{was(signed(counted(x), 4), signed(counted(before), 4))}<div class="sub">in {numeraire === 'money' ? `coin ${signed(x.delta.coin, 4)}` : `money ${signed(x.delta.money, 4)}`} · Black-Scholes {signed(x.delta.blackScholes, 4)}</div></dd></div>
      {figure('Gamma', e => signed(e.greeks.gammaCoinsPer1Pct, 4), `${x.underlying} per 1 %`)}
      {figure('Vega', e => signed(e.greeks.vegaUsdPerPoint, 0), 'USD per point')}
      {figure('Theta', e => signed(e.greeks.thetaUsdPerDay, 0), 'USD a day')}
      <div><dt>Margin used <span class="dim">of equity</span></dt><dd class={now.limits && (shown.margin?.use ?? 0) >= now.limits.act ? 'act' : now.limits && (shown.margin?.use ?? 0) >= 0.8 * now.limits.act ? 'watch' : ''}>{shown.margin?.refused ? '–' : shareOf(shown.margin?.use)}{was(shareOf(shown.margin?.use), shareOf(now.margin?.use))}<div class="sub">{shown.margin?.refused ? sentence(shown.margin.refused.reason) : now.limits ? `limit ${percent(now.limits.act, 0)}` : ''}</div></dd></div>
      <div><dt>Liquidation</dt><dd class={close < 0.15 ? 'act' : close < 0.3 ? 'watch' : ''}>{close < 0.15 ? '■ ' : close < 0.3 ? '◆ ' : ''}{liquidation(shown.margin)}{was(liquidation(shown.margin), liquidation(now.margin))}<div class="sub">estimate, {shown.margin?.preset.name ?? 'no preset'}{shown.margin?.preset.asOf ? ` of ${shown.margin.preset.asOf}` : ''}{shown.margin?.preset.stale ? ', old' : ''}</div></dd></div>
    </dl>
  );
}

function Positions({ base, now, shown, wishes, setWishes }: { base: string; now: BookNow; shown: Figures; wishes: Wishes; setWishes: (wishes: Wishes) => void }) {
  const chain = useAsked(() => get<Contracts>(`${base}/contracts`), now.at);
  const [name, setName] = useState('');
  const of = (instrument: string) => chain.said?.items.find(c => c.instrument === instrument);
  const held = now.exposure.underlyings.flatMap(u => u.positions);
  const rows = [...held.map(p => p.instrument), ...Object.keys(wishes).filter(n => !held.some(p => p.instrument === n))].map(instrument => ({
    instrument, held: held.find(p => p.instrument === instrument)?.quantity ?? '0', after: shown.exposure.underlyings.flatMap(u => u.positions).find(p => p.instrument === instrument), contract: of(instrument),
  })).sort((a, b) => (a.contract?.lot === undefined ? 1 : 0) - (b.contract?.lot === undefined ? 1 : 0) || order(chain.said?.items, a.instrument) - order(chain.said?.items, b.instrument));
  const wish = (instrument: string, quantity: string | null, was: string) => {
    const { [instrument]: _, ...rest } = wishes;
    setWishes(quantity === null || Number(quantity) === Number(was) ? rest : { ...rest, [instrument]: quantity });
  };
  const add = () => {
    const found = of(name.trim());
    if (found && !(found.instrument in wishes) && !held.some(p => p.instrument === found.instrument)) { setWishes({ ...wishes, [found.instrument]: found.lot ?? '1' }); setName(''); }
  };
  return (
    <section class="panel"><header><h2>Positions and what-if</h2><span class="dim">change a quantity, or drag it sideways; nothing is traded</span>
      {Object.keys(wishes).length > 0 && <button class="right" onClick={() => setWishes({})}>Undo what-if</button>}</header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Positions, scrolls sideways"><table><caption class="hidden">Positions and what-if</caption>
        <thead><tr><th scope="col">Instrument</th><th scope="col" class="n">What if</th><th scope="col" class="n">Held</th><th scope="col">Unit</th><th scope="col" class="n">Mark</th><th scope="col" class="n">IV %</th><th scope="col" class="n">Delta, net</th><th scope="col" class="n">Gamma /1 %</th><th scope="col" class="n">Vega</th><th scope="col" class="n">Theta/day</th></tr></thead>
        <tbody>{rows.map(({ instrument, held: was, after, contract }) => (
          <tr key={instrument} class={instrument in wishes ? 'changed' : ''}>
            <th scope="row">{plain(instrument)}</th>
            <td class="n"><Quantity label={`What if, ${instrument}`} value={wishes[instrument] ?? was} lot={Number(contract?.lot ?? 1)} set={q => wish(instrument, q, was)} /></td>
            <td class="n">{number(Number(was), Math.abs(Number(was)) >= 1000 ? 0 : 1)}</td><td>{contract?.amountIn ?? ''}</td><td class="n">{after?.mark ?? contract?.mark ?? '–'}</td><td class="n">{contract?.iv ? number(contract.iv * 100, 1) : '–'}</td>
            <td class="n">{after ? signed(after.deltaNet, 4) : '–'}</td><td class="n">{after ? signed(after.greeks.gammaCoinsPer1Pct, 4) : '–'}</td><td class="n">{after ? signed(after.greeks.vegaUsdPerPoint, 0) : '–'}</td><td class="n">{after ? signed(after.greeks.thetaUsdPerDay, 0) : '–'}</td>
          </tr>))}</tbody></table></div>
      <div class="ask add"><label>Add from the chain <input list="contracts" value={name} onInput={event => setName(event.currentTarget.value)} onKeyDown={event => event.key === 'Enter' && add()} autocomplete="off" /></label><button onClick={add} disabled={!of(name.trim())}>Add</button>
        <datalist id="contracts">{chain.said?.items.map(c => <option key={c.instrument} value={c.instrument} />)}</datalist></div>
    </section>
  );
}

const order = (items: Contract[] | undefined, name: string) => items ? items.findIndex(c => c.instrument === name) : 0;

/** Text that is read as a number, or refused with a word; dragging it sideways moves it by lots. */
function Quantity({ label, value, lot, set }: { label: string; value: string; lot: number; set: (quantity: string | null) => void }) {
  const [text, setText] = useState(value);
  const [from, setFrom] = useState<{ x: number; value: number } | null>(null);
  useEffect(() => setText(value), [value]);
  const read = typedSigned(text);
  const step = lot > 0 ? lot * (lot >= 10 ? 1000 : 10) : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(lot || 1)));
  return (
    <>
      <input aria-label={label} inputMode="decimal" value={text} aria-invalid={read === null} title={read === null ? 'This could be read in two ways, or in none: write 1234.5' : `read as ${read}`} autocomplete="off"
        onInput={event => { setText(event.currentTarget.value); const q = typedSigned(event.currentTarget.value); if (q !== null) set(q); }}
        onPointerDown={event => { setFrom({ x: event.clientX, value: Number(read ?? value) }); event.currentTarget.setPointerCapture(event.pointerId); }}
        onPointerMove={event => { if (from && Math.abs(event.clientX - from.x) > 4) set((from.value + Math.round((event.clientX - from.x) / 8) * step).toFixed(decimals)); }}
        onPointerUp={() => setFrom(null)} onPointerCancel={() => setFrom(null)} />
      {read === null && <small class="worse" role="alert">not read: write 1234.5</small>}
    </>
  );
}

const query = (withWishes: string, rest: string) => `?${[rest, withWishes && `with=${encodeURIComponent(withWishes)}`].filter(Boolean).join('&')}`;

function PayoffBox({ base, withWishes, version, numeraire }: { base: string; withWishes: string; version: number; numeraire: string }) {
  const [days, setDays] = useState(7);
  const { said, fault } = useAsked(() => get<Payoff>(`${base}/payoff${query(withWishes, `days=${days}`)}`), `${withWishes} ${days} ${version}`, 300);
  const inMoney = numeraire === 'money';
  const format = (value: number) => inMoney ? signed(value / 1000, 0) + 'k' : signed(value, 2);
  const curves = said?.curves.map(c => ({ name: c.name.replace('at the ', ''), values: inMoney ? c.pnlMoney : c.pnl })) ?? [];
  const columns = (): Columns => ({ names: ['Price', ...curves.map(c => c.name)], rows: said!.prices.map((p, i) => [number(p, 0), ...curves.map(c => format(c.values[i]))]) });
  return (
    <Box title="What if the price moves?" unit={said ? `gain in ${inMoney ? 'USD, the coins held included' : said.unit}; tint: one standard deviation in ${days} days; dashed: the price now` : ''} {...(said ? { columns } : {})}>
      <Trouble fault={fault} />
      {said && <Curves label={`Gain of the book by price: ${curves.map(c => c.name).join(', ')}`} places={said.prices} curves={curves} now={said.index} band={said.sigma ? [said.index * Math.exp(-said.sigma), Math.min(said.prices.at(-1)!, said.index * Math.exp(said.sigma))] : null} format={format} />}
      <div class="ask"><label>Days ahead <input type="range" min={0} max={90} value={days} onInput={event => setDays(Number(event.currentTarget.value))} /> {days}</label></div>
    </Box>
  );
}

function GridBox({ base, withWishes, version }: { base: string; withWishes: string; version: number }) {
  const [kind, setKind] = useState<'pnl' | 'margin'>('pnl');
  const [vol, setVol] = useState<'percent' | 'points'>('percent');
  const { said, fault } = useAsked(() => get<BookGrid>(`${base}/grid${query(withWishes, `vol=${vol}`)}`), `${withWishes} ${version} ${vol}`, 400);
  const most = said ? Math.max(...said.grid.map(c => Math.abs(c.pnl!)), 1e-12) : 1;
  const worst = said ? said.grid.reduce((a, b) => kind === 'pnl' ? (b.pnl! < a.pnl! ? b : a) : ((b.use ?? Infinity) > (a.use ?? Infinity) ? b : a)) : null;
  const move = (v: number) => v === 0 ? '0 %' : `${signed(v * 100, 0)} %`;
  const rows = said?.spots.map(spot => ({
    head: move(spot),
    cells: said.vols.map(vol => said.grid.find(c => c.spot === spot && c.vol === vol)!).map(c => ({
      text: kind === 'pnl' ? signed(c.pnl!, 2) : c.liquidated ? 'liquidated' : c.use === null || c.use === undefined ? 'all' : percent(c.use, 0),
      shade: kind === 'pnl' ? c.pnl! / most : -Math.min(1, c.liquidated ? 1 : c.use ?? 1), ...(c === worst ? { mark: 'worst' as const, says: 'the worst cell' } : (c.use ?? 2) > 1 ? { mark: 'over' as const, says: 'margin is more than equity' } : {}),
    })),
  })) ?? [];
  return (
    <section class="panel"><header><h2>Which corner hurts?</h2><span class="dim">{kind === 'pnl' ? `gain in ${said?.unit ?? ''}` : 'initial margin of the equity then'}; price down, change of volatility across{vol === 'points' ? ' (points, all expiries alike)' : ' (per cent of itself at 30 days, near expiries more)'}; worst framed</span>
      <span class="tabs right"><button aria-pressed={kind === 'pnl'} onClick={() => setKind('pnl')}>Gain</button><button aria-pressed={kind === 'margin'} onClick={() => setKind('margin')}>Margin</button></span>
      <span class="tabs" role="group" aria-label="Volatility changes by"><button aria-pressed={vol === 'percent'} onClick={() => setVol('percent')}>Vol %</button><button aria-pressed={vol === 'points'} onClick={() => setVol('points')}>Vol points</button></span></header>
      <Trouble fault={fault} />{said && <HeatTable name="Price and volatility" corner="Price" columns={said.vols.map(v => said.volIn === 'points' ? `vol ${v === 0 ? '0' : signed(v * 100, 0)} pt` : `vol ${move(v)}`)} rows={rows} />}
    </section>
  );
}

function LadderBox({ shown }: { shown: Figures }) {
  const [greek, setGreek] = useState<Greek>('vega');
  const cells = shown.ladder.flatMap(l => l.cells);
  const expiries = [...new Set(cells.map(c => c.expiry))];
  const strikes = [...new Set(cells.map(c => c.strike))].sort((a, b) => Number(a ?? Infinity) - Number(b ?? Infinity));
  const most = Math.max(...cells.map(c => Math.abs(c[greek])), 1e-12);
  const sum = (of: LadderCell[]) => ({ text: of.length === 0 ? '' : signed(of.reduce((s, c) => s + c[greek], 0), digits[greek]), shade: null });
  const rows = strikes.map(strike => ({
    head: strike === null ? 'futures' : number(Number(strike), 0),
    cells: [...expiries.map(expiry => cells.find(c => c.expiry === expiry && c.strike === strike)).map(c => c ? { text: signed(c[greek], digits[greek]), shade: c[greek] / most } : { text: '', shade: null }), sum(cells.filter(c => c.strike === strike))],
  }));
  return (
    <section class="panel"><header><h2>Where does it sit?</h2><span class="dim">{greek}, {units[greek]}</span><span class="tabs right">{(['delta', 'gamma', 'vega', 'theta'] as const).map(g => <button key={g} aria-pressed={g === greek} onClick={() => setGreek(g)}>{g}</button>)}</span></header>
      <HeatTable name={`${greek} by strike and expiry`} corner="Strike" columns={[...expiries.map(day), 'sum']} rows={[...rows, { head: 'sum', cells: [...expiries.map(e => sum(cells.filter(c => c.expiry === e))), sum(cells)] }]} />
    </section>
  );
}

function TenorBox({ shown }: { shown: Figures }) {
  const rungs = shown.exposure.underlyings.flatMap(u => u.byExpiry).filter(r => r.expiry !== null);
  const most = Math.max(...rungs.map(r => Math.max(Math.abs(r.greeks.vegaUsdPerPoint), Math.abs(r.greeks.weightedVegaUsdPerPoint))), 1e-12);
  const bar = (v: number) => <><span class={`hbar ${v < 0 ? 'minus' : ''}`} style={{ width: `${Math.round(90 * Math.abs(v) / most)}px` }} aria-hidden="true" /> {signed(v, 0)}</>;
  return (
    <section class="panel"><header><h2>Which expiry carries vega?</h2><span class="dim">USD per point; standardised: as if all volatility moved like that of 30 days</span></header>
      <div class="scroll" tabIndex={0} role="region" aria-label="Vega by expiry, scrolls sideways"><table><caption class="hidden">Vega by expiry</caption><thead><tr><th scope="col">Expiry</th><th scope="col" class="n">Raw</th><th scope="col" class="n">Standardised</th></tr></thead>
        <tbody>{rungs.map(r => <tr key={r.expiry}><th scope="row">{day(r.expiry)}</th><td class="n">{bar(r.greeks.vegaUsdPerPoint)}</td><td class="n">{bar(r.greeks.weightedVegaUsdPerPoint)}</td></tr>)}</tbody></table></div></section>
  );
}

function OrderBox({ base, withWishes, version }: { base: string; withWishes: string; version: number }) {
  const [order, setOrder] = useOrder(`${withWishes} ${version}`);
  const { said, fault } = useAsked(() => get<BookPlan>(`${base}/plan${query(withWishes, order ? `order=${order.join(',')}` : '')}`), `${withWishes} ${version} ${order}`, 250);
  const legs = said?.trades.map(t => ({ number: t.leg, text: `${t.side === 'buy' ? 'Buy' : 'Sell'} ${number(Number(t.quantity), Number(t.quantity) >= 1000 ? 0 : 1)} of ${plain(t.instrument)}`, price: t.mark, cost: null, reason: '' })) ?? [];
  return (
    <section class="panel"><header><h2>In which order?</h2><span class="dim">of what you changed: margin of equity after each leg</span></header><Trouble fault={fault} />
      {said && said.path.steps.every(s => legs.some(l => l.number === s.leg)) && <Legs legs={legs} path={said.path} order={order && order.length === legs.length ? order : null} setOrder={setOrder} />}
    </section>
  );
}

function UnwindBox({ margin, limits }: { margin: Margin | null; limits: BookNow['limits'] }) {
  if (!margin?.unwind) return null;
  return (
    <section class="panel"><header><h2>What frees margin, if it must be</h2><span class="dim">most freed for each unit of cost first{limits ? `; relief begins at ${percent(limits.act, 0)}` : ''}</span></header>
      {margin.unwind.refused && <p>{sentence(margin.unwind.refused.reason)}</p>}
      {margin.unwind.steps && <div class="scroll" tabIndex={0} role="region" aria-label="Unwind ladder, scrolls sideways"><table><caption class="hidden">Unwind ladder</caption><thead><tr><th scope="col">Trade</th><th scope="col" class="n">Cost, {margin.unit}</th><th scope="col" class="n">Freed, {margin.unit}</th><th scope="col" class="n">Margin then</th></tr></thead>
        <tbody>{margin.unwind.steps.map((s, i) => <tr key={i}><th scope="row">{Number(s.quantity) > 0 ? 'Buy' : 'Sell'} {number(Math.abs(Number(s.quantity)), Math.abs(Number(s.quantity)) >= 1000 ? 0 : 1)} {s.instrument}</th><td class="n">{number(s.cost, 5)}</td><td class="n">{number(s.released, 4)}</td><td class="n">{percent(s.use)}</td></tr>)}</tbody></table></div>}
    </section>
  );
}
