// What a policy's hedge would trade, in which order, with margin after each leg; and where delta goes by price. The service computes all of it; nothing is sent.
import { useEffect, useRef, useState } from 'preact/hooks';
import { number, percent, plain, signed } from '../format';
import type { Columns } from '../parts/table';
import { get } from './api';
import { DeltaChart, StepChart } from './chart';
import { Box, Trouble, useAsked } from './mount';
import { sentence } from './words';
import type { BookHedge, HedgeTrace, MarginPath } from './served';

/** A leg as it is read: what it does, and beneath it why. */
export interface ReadLeg { number: number; text: string; price: string; cost: string | null; reason: string }

export function HedgeBox({ base, version, numeraire, take }: { base: string; version: number; numeraire: string; take: (wishes: Record<string, string>) => void }) {
  const [anyway, setAnyway] = useState(false);
  const [order, setOrder] = useOrder(`${version} ${numeraire} ${anyway}`);
  const { said, fault, waits } = useAsked(() => get<BookHedge>(`${base}/hedge?numeraire=${numeraire}&anyway=${anyway}${order ? `&order=${order.join(',')}` : ''}`), `${version} ${numeraire} ${anyway} ${order}`);
  const hedge = said?.hedge;
  const legs = said?.legs.map(l => ({ number: l.number, text: `${l.side === 'buy' ? 'Buy' : 'Sell'} ${number(Number(l.quantity), decimals(l.quantity))} ${l.amountIn} of ${plain(l.instrument)}`, price: l.price, cost: l.cost, reason: l.reason })) ?? [];
  return (
    <section class={`panel hedge ${waits ? 'waits' : ''}`} aria-busy={waits}>
      <header><h2>The hedge it would make</h2><span class="dim">{said?.note ?? 'Nothing is sent from here.'}</span></header>
      <Trouble fault={fault} />
      {hedge?.refused && <p class="refused">No hedge: {sentence(hedge.refused.reason)}</p>}
      {hedge && !hedge.refused && <p class="why"><b>{legs.length > 0 ? '◆ ' : '● '}{sentence(hedge.reason ?? '')}</b> {hedge.rules?.filter(r => !r.fired).map(r => sentence(r.reason)).join(' ')}</p>}
      {said && legs.length > 0 && <Legs legs={legs} path={said.path} order={order} setOrder={setOrder} currency="USD" />}
      {hedge?.expectedCost && legs.length > 0 && <p class="dim">Expected to cost {number(Number(hedge.expectedCost), 2)} USD, fees and half of the spread.</p>}
      {said && !hedge?.refused && legs.length === 0 && !anyway && <p class="dim">Nothing is due. Below is where delta may go before something is.</p>}
      <div class="ask"><label><input type="checkbox" checked={anyway} onChange={event => setAnyway(event.currentTarget.checked)} /> to the outlook now, though no rule fires</label>
        {legs.length > 0 && said && <button onClick={() => take(Object.fromEntries(said.legs.map(l => [l.instrument, l.after])))}>Look at the book after it</button>}</div>
    </section>
  );
}

const decimals = (quantity: string) => Math.min(4, quantity.split('.')[1]?.length ?? 0);

/** An order that holds while what is ordered stays the same. */
export function useOrder(of: string): [number[] | null, (order: number[] | null) => void] {
  const [kept, keep] = useState<{ of: string; order: number[] } | null>(null);
  return [kept?.of === of ? kept.order : null, order => keep(order && { of, order })];
}

/** Legs that can be moved by buttons, by arrow keys or by dragging; the path of margin is computed anew for each order. */
export function Legs({ legs, path, order, setOrder, currency }: { legs: ReadLeg[]; path: MarginPath | null; order: number[] | null; setOrder: (order: number[] | null) => void; currency?: string }) {
  const shown = order ?? path?.order ?? legs.map(l => l.number);
  const [dragged, setDragged] = useState<number | null>(null);
  const moved = useRef<number | null>(null);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (moved.current !== null) table.current?.querySelector<HTMLElement>(`[data-leg="${moved.current}"]`)?.focus();
  }, [shown.join()]);
  const put = (leg: number, to: number) => {
    if (to < 0 || to >= shown.length) return;
    const next = shown.filter(n => n !== leg);
    next.splice(to, 0, leg);
    moved.current = leg;
    setOrder(next);
  };
  const press = (leg: number, at: number) => (event: KeyboardEvent) => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    put(leg, to);
  };
  const movable = shown.length > 1 && path !== null;
  const steps = path && path.steps.length === shown.length && path.order.join() === shown.join() ? path.steps : null;
  return (
    <div class="legs">
      {path && <StepChart path={path} />}
      {path && <p class={path.breaks ? 'refused' : 'why'} role="status">{path.breaks ? '■ ' : ''}{path.says}{path.best && path.best.order.join() !== shown.join() ? ` The best order, ${path.best.order.join(', ')}, has ${percent(path.best.worst)}.` : path.best?.proved && movable ? ' No order has a lower worst.' : ''}
        {order && <> <button onClick={() => { moved.current = null; setOrder(null); }}>Best order</button></>}</p>}
      {path?.refused && <p class="refused">■ {sentence(path.refused.reason)}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label="Order of the legs, scrolls sideways"><table ref={table}><caption class="hidden">Order of the legs</caption>
        <thead><tr>{movable && <th scope="col">Move</th>}<th scope="col">Leg</th><th scope="col" class="n">Price</th>{currency && <th scope="col" class="n">Cost, {currency}</th>}{path && <><th scope="col" class="n">Initial</th><th scope="col" class="n">Maint.</th><th scope="col" class="n">Worst filling</th><th scope="col" class="n">Delta</th></>}</tr></thead>
        <tbody>{shown.map((number_, at) => {
          const leg = legs.find(l => l.number === number_)!;
          const step = steps?.[at];
          return (
            <tr key={number_} class={step?.over ? 'over' : ''} draggable={movable} onDragStart={() => setDragged(number_)} onDragEnd={() => setDragged(null)}
              onDragOver={event => { if (dragged !== null) event.preventDefault(); }} onDrop={event => { event.preventDefault(); if (dragged !== null) put(dragged, at); }}>
              {movable && <td class="move"><button class="quiet" disabled={at === 0} aria-label={`Up: ${leg.text}`} onClick={() => put(number_, at - 1)}>▲</button><button class="quiet" disabled={at === shown.length - 1} aria-label={`Down: ${leg.text}`} onClick={() => put(number_, at + 1)}>▼</button></td>}
              <th scope="row">{movable ? <button class="quiet grip" data-leg={number_} aria-label={`Leg ${number_}, ${at + 1} of ${shown.length}: ${leg.text}. Arrow keys move it.`} onKeyDown={press(number_, at)}>{number_}</button> : `${number_} `}{leg.text}<small>{leg.reason}</small></th>
              <td class="n">{leg.price}</td>{currency && <td class="n">{leg.cost === null ? '–' : number(Number(leg.cost), 2)}</td>}
              {path && (step ? <><td class="n">{percent(step.initial)}</td><td class="n">{percent(step.maintenance)}</td><td class={`n ${step.over ? 'act' : at + 1 === path.worstStep ? 'strong' : ''}`}>{step.over ? '■ ' : ''}{percent(step.worst)}{step.over ? <small>over the limit</small> : at + 1 === path.worstStep ? <small>worst</small> : null}</td><td class="n">{signed(step.delta, 3)}</td></> : <><td class="n">…</td><td class="n">…</td><td class="n">…</td><td class="n">…</td></>)}
            </tr>);
        })}</tbody></table></div>
      {movable && <p class="dim">Move a leg with ▲ ▼, by dragging its row, or with the arrow keys on its number. The numbers are those of the best order.</p>}
    </div>
  );
}

export function TraceBox({ base, version, numeraire }: { base: string; version: number; numeraire: string }) {
  const { said, fault } = useAsked(() => get<BookHedge>(`${base}/hedge?numeraire=${numeraire}`), `${version} ${numeraire}`);
  const trace = said?.trace;
  if (said && !trace) return null;
  return (
    <Box title="When would it hedge?" unit={trace ? `delta in ${trace.underlying}, counted in ${numeraire}, by price; tint: the band; dashed: the price now; ${trace.note}` : ''} {...(trace ? { columns: () => table(trace, said!.legs.length > 0) } : {})}>
      <Trouble fault={fault} />
      {trace && <DeltaChart trace={trace} hedged={said!.legs.length > 0} />}
      {trace && <dl class="figures small">
        <div><dt>Delta now</dt><dd class={trace.band && (trace.now < trace.band.low || trace.now > trace.band.high) ? 'watch' : ''}>{trace.band && (trace.now < trace.band.low || trace.now > trace.band.high) ? '◆ ' : ''}{signed(trace.now, 4)}</dd></div>
        <div><dt>Wanted</dt><dd>{trace.target ? trace.target.low === trace.target.high ? signed(trace.target.low, 4) : `${signed(trace.target.low, 4)} to ${signed(trace.target.high, 4)}` : 'free'}</dd></div>
        <div><dt>Band</dt><dd>{trace.band ? `${signed(trace.band.low, 4)} to ${signed(trace.band.high, 4)}` : 'none'}<div class="sub">{trace.band?.why}</div></dd></div>
        <div><dt>After the hedge</dt><dd>{said!.legs.length > 0 ? signed(trace.after, 4) : 'as it is'}</dd></div>
      </dl>}
      {trace && <p class="why">{leaves(trace, said!.legs.length > 0)}</p>}
    </Box>
  );
}

/** The nearest prices, down and up, at which the delta that will be held leaves the band there. */
function leaves(trace: HedgeTrace, hedged: boolean): string {
  const held = hedged ? trace.hedged : trace.delta;
  const outside = (i: number) => trace.low[i] !== null && trace.high[i] !== null && (held[i] < trace.low[i]! || held[i] > trace.high[i]!);
  const middle = trace.moves.indexOf(0);
  const at = (step: number) => { for (let i = middle + step; i >= 0 && i < held.length; i += step) if (outside(i)) return i; return null; };
  const [down, up] = [at(-1), at(1)];
  const said = (i: number) => `${number(trace.prices[i], 0)} (${signed(trace.moves[i] * 100, 0)} %)`;
  if (trace.band === null) return 'There is no band, so that no price alone makes it trade.';
  const way = hedged ? 'After the hedge' : 'As it is';
  return down === null && up === null ? `${way}, delta stays in the band over all prices shown.` : `${way}, delta is outside of its band again from ${[down, up].filter(i => i !== null).map(i => said(i!)).join(' and from ')} on.`;
}

const table = (trace: HedgeTrace, hedged: boolean): Columns => ({
  names: ['Price', 'delta', ...(hedged ? ['after the hedge'] : []), 'band from', 'to'],
  rows: trace.prices.map((price, i) => [number(price, 0), signed(trace.delta[i], 4), ...(hedged ? [signed(trace.hedged[i], 4)] : []), trace.low[i] === null ? '–' : signed(trace.low[i]!, 4), trace.high[i] === null ? '–' : signed(trace.high[i]!, 4)]),
});
