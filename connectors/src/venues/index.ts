// The venues. A new one is added here and has a sheet in protocol/venues.
import { binance, binanceUsdm } from './binance';
import { bybit } from './bybit';
import { coinbase } from './coinbase';
import { deribit } from './deribit';
import type { Dialect } from './dialect';
import { hyperliquid } from './hyperliquid';
import { kraken } from './kraken';
import { okx } from './okx';

export const dialects: readonly Dialect[] = [binance, binanceUsdm, bybit, coinbase, deribit, hyperliquid, kraken, okx];

export const dialectOf = (venue: string): Dialect | undefined => dialects.find(d => d.venue === venue);
