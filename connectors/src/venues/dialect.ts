// What differs between venues beyond what ccxt makes alike. A venue is one object of this type.
import type { Answer } from '../answers';
import type { Ccxt, Params, Signed } from '../ccxt';
import type { Session } from '../session';

export interface Keys { key?: string; secret?: string; passphrase?: string }

/** Where to go instead of the venue's own hosts. */
export interface Urls { rest?: string; ws?: string }

/** An order that is to be sent, in the words of the protocol. */
export interface Order {
    clientId: string; symbol: string; side: 'buy' | 'sell'; quantity: string; price: string;
    life: 'rests' | 'postOnly' | 'immediateOrCancel'; reduceOnly: boolean; deadline: number;
}

/** How an order is found again. */
export interface Ref { clientId: string; symbol: string; venueOrderId?: string | null }

/** What a venue has under an id, in ccxt's forms. */
export interface Found { orders: any[]; trades: any[] }

/** What a key may do; null where the venue does not say. */
export interface Rights { read: boolean | null; trade: boolean | null; withdraw: boolean | null; transfer: boolean | null; addressBound: boolean | null; words: string }

/** What a venue says of margin in one asset. */
export interface Margin { unit: string; equity: string; initial: string; maintenance: string }

/** One line of an option chain. */
export interface ChainRow {
    instrument: string; markPrice: string | null; markIv: string | null; bidPrice: string | null; askPrice: string | null; underlyingPrice: string | null; indexPrice: string | null;
}

export interface Dialect {
    readonly venue: string;

    /** The object of ccxt, with everything off that we did not ask for: other ids, referral marks, fees to third parties, hidden requests. */
    create(keys: Keys): Ccxt;

    /** Sends it to other hosts. */
    aim(ex: Ccxt, urls: Urls): void;

    /** Our 32 hexadecimal digits in the venue's form. */
    idOf(clientId: string): string;

    /** The client id in a raw order or trade of the venue, if it is there. */
    clientIdIn(info: any): string | undefined;

    /** What ccxt's createOrder is told beyond symbol, side, quantity and price. The id and every protective flag are here. */
    place(order: Order): Params;

    /** Whether a request makes an order. */
    places(path: string, method: string): boolean;

    /** Whether a request can carry a deadline. */
    stamps(path: string, method: string): boolean;

    /** Puts the deadline into a request that is about to be signed. */
    stamp(ex: Ccxt, params: Params, deadline: number, now: number): Params;

    /** Puts it where signatures do not reach: a header. */
    mark(signed: Signed, deadline: number): void;

    /** The venue's code and words in a refusal. */
    fault(body: any, text: string): Omit<Answer, 'http'>;

    /** The trades that came with the answer to an order. */
    tradesOfAck(ex: Ccxt, placed: any): any[];

    /** Asks everywhere that the venue's proof rule names; undefined where it is nowhere. Throws where a question failed. */
    find(session: Session, ref: Ref): Promise<Found | undefined>;

    /** Cancels one order; false where it was not open. */
    cancel(session: Session, ref: Ref): Promise<boolean>;

    /** All open orders of the account, in ccxt's form. */
    open(session: Session): Promise<any[]>;

    /** The total of each asset, what is tied included. */
    balances(session: Session): Promise<Record<string, string>>;

    /** Signed quantities by symbol. */
    positions(session: Session): Promise<Record<string, string>>;

    /** What the venue says of margin, asset by asset. */
    margins(session: Session): Promise<Margin[]>;

    /** Our trades since a time, in ccxt's form. */
    trades(session: Session, since: number, symbols: string[]): Promise<any[]>;

    rights(session: Session): Promise<Rights>;

    /** The chain of options on a coin as it stands; undefined where that is not built. */
    chain?(session: Session, coin: string): Promise<ChainRow[]>;

    /** Of a row of funding, what was paid since the row before; undefined where ccxt's own figure is that. */
    fundingOf?(row: any): unknown;

    /** What the connector and the portfolio call an instrument. */
    symbolOf(market: any): string;

    /** What one of the venue's quantities counts, and how much of it. */
    unitOf(market: any): { amountIn: 'coins' | 'money'; multiplier: string };

    /** Venue time at which the venue itself says it looked; undefined where answers do not say. */
    lookedAt?(body: any): number | undefined;

    /** Resolves once private streams are authenticated. */
    ready(ex: Ccxt): Promise<void>;
}
