// The capability sheets: what each venue promises, as dated data. Nothing here knows a venue.
import binance from '../../protocol/venues/binance.json' with { type: 'json' };
import binanceUsdm from '../../protocol/venues/binance-usdm.json' with { type: 'json' };
import bybit from '../../protocol/venues/bybit.json' with { type: 'json' };
import coinbase from '../../protocol/venues/coinbase.json' with { type: 'json' };
import deribit from '../../protocol/venues/deribit.json' with { type: 'json' };
import hyperliquid from '../../protocol/venues/hyperliquid.json' with { type: 'json' };
import kraken from '../../protocol/venues/kraken.json' with { type: 'json' };
import okx from '../../protocol/venues/okx.json' with { type: 'json' };

/** What an answer of a venue means, for the order that was asked for. */
export type Meaning = 'definite' | 'expired' | 'duplicate' | 'throttled' | 'ambiguous' | 'notOpen' | 'notFound';

/** What was asked when the answer came. */
export type Asked = 'send' | 'cancel' | 'query';

/** One line of a sheet's table of answers; the first that fits decides. */
export interface AnswerRule { of?: Asked; code?: string; http?: string; text?: string; means: Meaning; mark: string }

/** One dated promise with where it was read. */
export interface Promised<T> { value: T; mark: string; fact: string; note?: string }

export interface Sheet {
    venue: string;
    name: string;
    proven: boolean;
    asOf: string;
    promises: {
        deadlineSeconds: Promised<number>;
        deadlineMinSeconds?: Promised<number>;
        deadlineMaxSeconds?: Promised<number>;
        tradesSpanSeconds?: Promised<number>;
        [name: string]: Promised<unknown> | undefined;
    };
    answers: AnswerRule[];
}

export const sheets: readonly Sheet[] = [binance, binanceUsdm, bybit, coinbase, deribit, hyperliquid, kraken, okx] as unknown as Sheet[];

export function sheetOf(venue: string): Sheet | undefined {
    return sheets.find(s => s.venue === venue);
}
