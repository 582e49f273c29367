// What can be traded at a venue, in the words of the protocol.
import { exact, exactOr } from './exact';
import type { Session } from './session';

export interface Instrument {
    symbol: string; kind: 'spot' | 'perpetual' | 'future' | 'option'; base: string; quote: string; settlement: string;
    lot: string; tick: string; minQuantity: string; minNotional: string; amountIn: 'coins' | 'money'; multiplier: string;
    expiry: number | null; strike: string | null; right: 'call' | 'put' | null;
}

const kinds = { spot: 'spot', swap: 'perpetual', future: 'future', option: 'option' } as const;

export function instruments(session: Session): { instruments: Instrument[] } {
    const markets = Object.values(session.ex.markets ?? {}) as any[];
    return {
        instruments: markets.filter(m => m.active !== false && m.type in kinds && m.precision?.amount !== undefined && m.precision?.price !== undefined)
            .map(m => instrument(session, m)).sort((a, b) => a.symbol < b.symbol ? -1 : 1),
    };
}

function instrument({ dialect }: Session, m: any): Instrument {
    return {
        symbol: dialect.symbolOf(m), kind: kinds[m.type as keyof typeof kinds], base: m.base, quote: m.quote, settlement: m.settle ?? m.quote,
        lot: exact(m.precision.amount), tick: exact(m.precision.price), minQuantity: exactOr(m.limits?.amount?.min, '0'), minNotional: exactOr(m.limits?.cost?.min, '0'),
        ...dialect.unitOf(m), expiry: m.expiry === undefined ? null : Number(m.expiry), strike: exactOr(m.strike, null), right: m.optionType ?? null,
    };
}
