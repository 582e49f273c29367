// Sending, cancelling and asking: each request leaves once, and its answer is definite, or it is not.
import { meaningOf } from './answers';
import { newAttempt, NotSent, within, type Attempt } from './attempt';
import { exact, same } from './exact';
import { orderReport, tradeReport, type OrderReport, type TradeReport } from './reports';
import { Refused, type Session } from './session';
import type { Order, Ref } from './venues/dialect';

export type SendOutcome =
    | { outcome: 'acknowledged'; order: OrderReport; trades: TradeReport[] }
    | { outcome: 'refused'; code: string; reason: string; definite: boolean }
    | { outcome: 'ambiguous'; reason: string };

export type CancelOutcome = { outcome: 'done' } | { outcome: 'notOpen'; reason: string } | { outcome: 'ambiguous'; reason: string };

export type QueryOutcome =
    | { outcome: 'found'; orders: OrderReport[]; trades: TradeReport[]; asOf: number }
    | { outcome: 'notFound'; asOf: number }
    | { outcome: 'failed'; reason: string };

export async function send(session: Session, order: Order): Promise<SendOutcome> {
    const attempt = newAttempt(order.deadline);
    try {
        const market = session.market(order.symbol);
        checkGrid(session, market, order);
        checkWindow(session, order);
        const { ex, dialect } = session;
        const placed = await within(attempt, () => ex.createOrder(market.symbol, 'limit', order.side, order.quantity as any, order.price as any, dialect.place(order)));
        return {
            outcome: 'acknowledged', order: orderReport(session, { ...placed, symbol: placed.symbol ?? market.symbol }, order),
            trades: dialect.tradesOfAck(ex, placed).map(t => tradeReport(session, t, { id: order.clientId })),
        };
    } catch (e) {
        return refusal(session, attempt, e);
    }
}

/** What an error proves. Nothing left: definite. An answer: what the sheet says of it. No answer: nothing. */
function refusal(session: Session, attempt: Attempt, e: unknown): SendOutcome {
    const reason = session.secrets.scrub(session.words(e));
    if (!attempt.left) return { outcome: 'refused', code: e instanceof NotSent ? e.code : e instanceof Refused ? 'NO_INSTRUMENT' : 'NOT_SENT', reason, definite: true };
    const answer = session.answerOf(e);
    const meaning = answer === undefined ? 'ambiguous' : meaningOf(session.sheet, 'send', answer);
    switch (meaning) {
        case 'definite': return { outcome: 'refused', code: answer!.code ?? 'REFUSED', reason, definite: true };
        case 'expired': return { outcome: 'refused', code: 'EXPIRED', reason, definite: true };
        case 'throttled': return { outcome: 'refused', code: 'THROTTLED', reason, definite: false };
        case 'duplicate': return { outcome: 'refused', code: 'DUPLICATE', reason, definite: false };
        default: return { outcome: 'ambiguous', reason };
    }
}

// ccxt would cut a quantity to whole lots and round a price; what was decided is not changed here.
function checkGrid({ ex, sheet }: Session, market: any, order: Order) {
    const grid = (round: () => any): string => { try { return exact(round()); } catch { return '0'; } };
    if (!same(grid(() => ex.amountToPrecision(market.symbol, order.quantity as any)), order.quantity))
        throw new NotSent('OFF_GRID', `${order.quantity} is not in whole lots of ${sheet.name} (${exact(market.precision.amount)})`);
    if (!same(grid(() => ex.priceToPrecision(market.symbol, order.price as any)), order.price))
        throw new NotSent('OFF_GRID', `${order.price} is not on a tick of ${sheet.name} (${exact(market.precision.price)})`);
}

function checkWindow({ clock, sheet }: Session, order: Order) {
    const left = order.deadline - clock.latest();
    const least = (sheet.promises.deadlineMinSeconds?.value ?? 0) * 1000;
    if (left <= least) throw new NotSent('DEADLINE', left <= 0 ? 'its deadline has passed' : `its deadline is nearer than ${sheet.name} takes`);
}

export async function cancel(session: Session, ref: Ref): Promise<CancelOutcome> {
    try {
        const deadline = session.clock.now() + session.sheet.promises.deadlineSeconds.value * 1000;
        return await within(newAttempt(deadline), () => session.dialect.cancel(session, ref))
            ? { outcome: 'done' } : { outcome: 'notOpen', reason: `${session.sheet.name} has no open order under that id` };
    } catch (e) {
        const reason = session.secrets.scrub(session.words(e));
        const answer = session.answerOf(e);
        return answer !== undefined && meaningOf(session.sheet, 'cancel', answer) === 'notOpen' ? { outcome: 'notOpen', reason } : { outcome: 'ambiguous', reason };
    }
}

/** Cancels every open order that carries our mark, one by one, by its own id: never anyone else's. */
export async function cancelAll(session: Session, mark: string): Promise<{ cancelled: number; failed: number; text: string }> {
    const open = (await within(newAttempt(), () => session.dialect.open(session))).map(o => orderReport(session, o));
    const ours = open.filter(o => o.clientId?.startsWith(mark));
    const outcomes = await Promise.all(ours.map(o => cancel(session, { clientId: o.clientId!, symbol: o.symbol, venueOrderId: o.venueOrderId })));
    const failed = outcomes.filter(o => o.outcome === 'ambiguous').length;
    const others = open.length - ours.length;
    const text = `${ours.length - failed} of ${ours.length} open orders of ours cancelled at ${session.sheet.name}${others > 0 ? `; ${others} of others left alone` : ''}`;
    return { cancelled: ours.length - failed, failed, text };
}

export async function query(session: Session, ref: Ref): Promise<QueryOutcome> {
    const attempt = newAttempt();
    const since = session.clock.earliest();
    try {
        const found = await within(attempt, () => session.dialect.find(session, ref));
        const asOf = attempt.lookedAt ?? since;
        if (!found) return { outcome: 'notFound', asOf };
        const orders = found.orders.map(o => orderReport(session, o));
        const trades = found.trades.map(t => tradeReport(session, t, { id: ref.clientId }));
        return { outcome: 'found', orders, trades: trades.sort((a, b) => a.at - b.at), asOf };
    } catch (e) {
        return { outcome: 'failed', reason: session.secrets.scrub(session.words(e)) };
    }
}
