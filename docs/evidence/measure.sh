#!/usr/bin/env bash
# Measures the policies of this folder on prices that are not in the repository:
#   docs/evidence/measure.sh COINS ETFS OUT
# COINS is a folder of daily OHLCV files (ADAUSDT.csv, ...), ETFS a wide CSV of adjusted closes; results go to OUT.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ballast=$here/../../ballast

# One book: every policy over the same bars, then their returns beside each other and one comparison with equal weights, one with holding.
measure() {
    local book=$1 prices=$2 from=$3 calendar=$4 out=$5 joined
    joined=$out/$book.csv
    mkdir -p "$out"
    for policy in equal min-variance risk-parity least-cost; do
        "$ballast" backtest "$here/$book-$policy.yaml" --prices "$prices" --from "$from" --calendar "$calendar" --out "$out/$book-$policy" --json >"$out/$book-$policy.json"
    done
    paste -d, <(cut -d, -f1 "$out/$book-equal/returns.csv") \
        <(column "$out/$book-min-variance" 2 min-variance) <(column "$out/$book-risk-parity" 2 risk-parity) <(column "$out/$book-least-cost" 2 least-cost) \
        <(column "$out/$book-equal" 2 equal) <(column "$out/$book-equal" 3 hold) >"$joined"
    for rival in equal hold; do
        "$ballast" metrics --returns "$joined" --against "$rival" --calendar "$calendar" | tee "$out/$book-against-$rival.txt"
        "$ballast" metrics --returns "$joined" --against "$rival" --calendar "$calendar" --json >"$out/$book-against-$rival.json"
    done
}

column() { cut -d, -f"$2" "$1/returns.csv" | sed "1s/.*/$3/"; }

measure coins "$1" 2020-02-01 crypto "$3"
measure etfs "$2" 2008-06-01 exchange "$3"
