// Black (1976) on the forward, price in coin: for quotes only, never for books.

export interface Greeks { price: number; delta: number; gamma: number; vega: number; theta: number; rho: number }

export function blackScholes(forward: number, strike: number, years: number, volatility: number, call: boolean): Greeks {
    const width = volatility * Math.sqrt(years);
    const d1 = (Math.log(forward / strike) + width * width / 2) / width;
    const d2 = d1 - width;
    const density = Math.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
    const money = call ? forward * normal(d1) - strike * normal(d2) : strike * normal(-d2) - forward * normal(-d1);
    return {
        price: money / forward, delta: call ? normal(d1) : normal(d1) - 1, gamma: density / (forward * width), vega: forward * density * Math.sqrt(years) / 100,
        theta: -forward * density * volatility / (2 * Math.sqrt(years)) / 365, rho: 0,
    };
}

/** Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
function normal(x: number): number {
    const t = 1 / (1 + 0.3275911 * Math.abs(x) / Math.SQRT2);
    const erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x / 2);
    return x >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}
