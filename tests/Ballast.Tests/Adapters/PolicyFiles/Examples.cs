namespace Ballast.Tests.Adapters.PolicyFiles;

/// <summary>Whole portfolio files, as users write them.</summary>
public static class Examples
{
    /// <summary>The smallest file that means something.</summary>
    public const string Core = """
        version: 1
        name: core
        base: USDT                         # unit of account; any asset, BTC too
        targets:
          weights: { BTC: 50%, ETH: 30%, SOL: 10%, USDT: 10% }
        rebalance:
          when:
            - every: month
            - drift: 5%                    # absolute: points of weight away from target
            - drift: 25% of target         # relative to the target weight
          interval: 1
          to: target
          mode: full
        costs: { fee: 10 bps }
        limits: { minTrade: 10 USDT, cashBuffer: 0.25% }
        """;

    /// <summary>Ten coins, staked ETH, monthly deposits.</summary>
    public const string TenCoins = """
        version: 1
        name: ten-coins
        base: USDT
        timeZone: Europe/Berlin

        accounts:
          binance: { venue: binance }
          ledger:  { venue: ethereum, may: [] }        # watched only: counts, never trades

        holdings:
          sameAs: { stETH: ETH, WBTC: BTC }            # weighed as one asset, never swapped for each other
          staked: { counts: yes, sell: no }            # held ETH that is staked fills the ETH target first
          dust: 5 USDT

        flows:
          - { deposit: 500 USDT, every: month, on: day 1, at: "09:00", into: binance }

        targets:
          weights:
            BTC: 30%
            ETH: 25%
            SOL: 10%
            BNB: 5%
            XRP: 5%
            ADA: 5%
            AVAX: 5%
            LINK: 5%
            DOT: 4%
            ATOM: 3%
          cash: rest                                   # 3 % stays in USDT

        rebalance:
          when:
            - flow: 100 USDT                           # a deposit has arrived: put it to work
            - all:
                - every: month
                - drift: 20% of target
            - measure: riskShare
              of: BTC
              above: 60%
          interval: 1d
          to: halfway
          mode: full
          cooldown: 3d

        costs:
          fee: 10 bps
          spread: 2 bps
          at:
            ledger: { gas: 4 USDT }

        limits:
          minTrade: 10 USDT
          cashBuffer: 1%
          maxTrade: 5000 USDT
          slippage: 30 bps
          priceAge: 2m

        run:
          check: 5m
          approve: above 1000 USDT
          missed: once

        notify:
          - { about: [due, traded, refused], by: telegram }
        """;

    /// <summary>60/40 with sleeves, tax lots and buying only.</summary>
    public const string SixtyForty = """
        version: 1
        name: sixty-forty
        base: EUR
        timeZone: Europe/Berlin

        accounts:
          broker:  { venue: paper, tax: taxable }
          pension: { venue: paper, tax: deferred }

        targets:
          sleeves:
            growth:
              share: 60%
              sleeves:
                world:  { share: 75%, weights: { VWCE: 100% } }
                crypto:
                  share: 25%
                  compute: { method: riskBudget, assets: [BTC, ETH], lookback: 365d, covariance: ledoitWolfConstantCorrelation, renew: quarter }
            safety:
              share: 40%
              weights: { AGGH: 70%, IBCI: 30% }

        rebalance:
          when:
            - drift: 5%
              of: [growth, safety]
            - every: year
              on: last business day
              at: "16:00"
              roll: preceding
          interval: 1d
          to: band-edge
          mode: buy-only
          otherwise: { mode: full, after: 90d }        # still outside after 90 days of buying only: sell too

        costs:
          fee: 5 bps
          minimum: 1 EUR

        taxes:
          lots: least-tax
          shortRate: 26.375%
          longRate: 26.375%
          exemptAfter: { crypto: 1 year }
          harvest: no

        limits:
          minTrade: 50 EUR
          cashBuffer: 100 EUR
          turnover: 20% a year
          weights: { BTC: 0%..12%, each: 0%..60% }
          groups:
            - { of: [BTC, ETH], share: 0%..18% }

        notify:
          - { about: [due, traded], by: email }
        """;

    /// <summary>Computed targets in every shape: views with a market, budgets, bounds, fallbacks, costs, a tree of assets.</summary>
    public const string Computed = """
        version: 1
        name: computed
        base: USDT
        targets:
          sleeves:
            views:
              share: 40%
              compute:
                method: maxUtility
                assets: [BTC, ETH, SOL]
                riskAversion: 4
                riskFree: 3%
                market: { BTC: 65%, ETH: 25%, SOL: 10% }
                views:
                  - { of: ETH, return: 30%, confidence: 50% }
                  - { of: ETH, over: BTC, return: 5% }
                costsOver: 90d
                fallback: [minVariance, equalWeight]
            risk:
              share: 30%
              compute: { method: riskBudget, assets: [BTC, ETH], budgets: { BTC: 60%, ETH: 40% }, covariance: oas, scaleTo: { volatility: 40%, max: 1x } }
            tree:
              share: 20%
              compute: { method: herc, assets: [ADA, AVAX, LINK, DOT], clusters: 2, linkage: average, lookback: 180d, renew: 2 weeks }
            growth:
              share: 10%
              compute: { method: kelly, assets: [BTC, SOL], fraction: 50% }
        rebalance: { when: [ { every: month } ] }
        costs: { fee: 10 bps }
        limits: { weights: { BTC: 0%..60% }, groups: [ { of: [BTC, ETH], share: 20%..80% } ] }
        """;

    /// <summary>An options book with a delta hedge.</summary>
    public const string VolBook = """
        version: 1
        name: vol-book
        base: BTC
        timeZone: UTC

        accounts:
          deribit: { venue: deribit, margin: portfolio }
          cold:    { venue: bitcoin, may: [] }

        targets:
          weights: { BTC: 100% }

        rebalance:
          when: []                                     # spot is left alone; the hedge section acts

        hedge:
          book: deribit
          outlook: { delta: 0 BTC, gamma: free, vega: -500 USD..500 USD }
          numeraire: coin                              # wealth is counted in coin: the premium's own delta counts
          band: least-cost
          riskAversion: 3
          to: band-edge
          with: [BTC-PERPETUAL, "BTC-*-C", "BTC-*-P"]
          legs: together
          when:
            - drift: 0.25 BTC
              of: delta
            - every: 8h
            - measure: marginUse
              above: 60%
          pause:
            - { around: funding, for: 10m }
            - { around: expiry, for: 30m }

        margin:
          rules: deribit-pm
          use: { aim: 40%, act: 60%, stop: 80% }
          relief: [reduce-hedge, move-collateral, close-worst]
          moveFrom: cold

        costs:
          fee: 3 bps
          at:
            deribit: { maker: 0 bps, taker: 5 bps, optionFee: 3 bps, optionFeeCap: 12.5% }
          sizing: after-costs

        limits:
          minTrade: 0.001 BTC
          maxTrade: 5 BTC
          grossExposure: 0x..4x
          slippage: 20 bps
          priceAge: 10s

        run:
          check: 1s
          approve: never
          orders: { type: maker-first, wait: 20s }
          onDisconnect: cancel

        notify:
          - { about: [margin, refused, disconnected], by: webhook }
        """;
}
