// What an account holds, what it traded, and what its key may do. A missing answer is a failure, never an empty list.
import { newAttempt, within } from './attempt';
import { orderReport, quote, tradeReport, type OrderReport, type Quote, type TradeReport } from './reports';
import type { Session } from './session';
import type { Margin } from './venues/dialect';

export interface Snapshot {
    asOf: number; balances: Record<string, string>; positions: Record<string, string>; open: OrderReport[]; margin: Margin | null;
}

export async function snapshot(session: Session): Promise<Snapshot> {
    const attempt = newAttempt();
    const since = session.clock.earliest();
    const { dialect } = session;
    const [balances, positions, open, margins] = await within(attempt, () => Promise.all([
        dialect.balances(session), dialect.positions(session), dialect.open(session), dialect.margins(session)]));
    return { asOf: attempt.lookedAt ?? since, balances, positions, open: open.map(o => orderReport(session, o)), margin: mostEndangered(margins) };
}

/** The asset in which maintenance takes most of the equity; null where nothing is margined. */
function mostEndangered(margins: Margin[]): Margin | null {
    const use = (m: Margin) => Number(m.maintenance) / Math.max(Number(m.equity), Number.MIN_VALUE);
    return margins.reduce<Margin | null>((worst, m) => worst === null || use(m) > use(worst) ? m : worst, null);
}

export async function trades(session: Session, since: number, symbols: string[]): Promise<{ trades: TradeReport[]; asOf: number }> {
    const attempt = newAttempt();
    const asked = session.clock.earliest();
    const rows = await within(attempt, () => session.dialect.trades(session, since, symbols));
    return { trades: rows.map(t => tradeReport(session, t)).sort((a, b) => a.at - b.at), asOf: attempt.lookedAt ?? asked };
}

export async function clock(session: Session): Promise<{ ahead: number; uncertainty: number }> {
    await session.measureClock();
    return { ahead: session.clock.ahead, uncertainty: session.clock.uncertainty };
}

export async function quotes(session: Session, symbols: string[]): Promise<{ quotes: Quote[] }> {
    const { ex } = session;
    const markets = symbols.map(s => session.market(s).symbol);
    const rows = ex.has['fetchBidsAsks'] && markets.length > 1
        ? Object.values(await ex.fetchBidsAsks(markets))
        : await Promise.all(markets.map(s => ex.fetchTicker(s)));
    return { quotes: rows.map(t => quote(session, t)).filter((q): q is Quote => q !== undefined) };
}

export interface RightsAnswer { read: boolean | null; trade: boolean | null; withdraw: boolean | null; transfer: boolean | null; addressBound: boolean | null; words: string; refuse: string | null }

/** What the key may do, and why it is not to be used. */
export async function rights(session: Session): Promise<RightsAnswer> {
    const may = await within(newAttempt(), () => session.dialect.rights(session));
    const refuse = may.withdraw ? 'the key may withdraw: make one that may only read and trade'
        : may.transfer ? 'the key may move funds to other accounts: make one that may only read and trade'
        : may.trade === false ? 'the key may not trade' : null;
    return { ...may, words: session.secrets.scrub(may.words), refuse };
}
