#!/usr/bin/env bash
# The commands of this repository. ./do alone explains them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

main() {
    case ${1-} in
        demo | build | test | bench | pictures | exchange | sim | blackbox | format | clean) "$@" ;;
        '' | help | -h | --help) help ;;
        *) help >&2; echo "unknown command: $1" >&2; exit 2 ;;
    esac
}

help() {
    cat <<'END'
./do demo            build, write an example portfolio, plan it and back-test it; says where its report is
./do build           build everything (Release)
./do test            run every test; the last line counts them
./do test vectors    only the tests against reference vectors
./do test NAME       only the test classes whose name contains NAME
./do bench [NAME]    run the benchmarks. On real data: `./do bench cost-aware [FOLDER] [BOOKS]` measures the no-trade region,
                     `./do bench hedging [FOLDER]` rules of hedging, `./do bench chains [DATA]` a venue's marks and smiles;
                     `./do bench desk [MINUTES]` the desk under load
                     `./do bench whatif [QUESTIONS]` a quantity dragged in a book of 200 positions
                     `./do bench journal` reads and writes a journal on this disk
./do exchange        a simulated exchange on this machine, in the dialects of Binance and Deribit; --port 7070 (exchange/README.md)
./do sim SEED        replay one simulated run; `./do sim --seeds N --from S` runs many, with every wrong variant
./do blackbox        kill, starve, freeze and mislead the real program at the simulated exchange, and compare the books; --kills N --rounds N
./do pictures        make the pictures of the documents from the demo's report and the real desk
./do format          format the sources
./do clean           remove everything that was built

./ballast VERB ...   the program itself, built when it must be
END
    missing
}

# --- verbs ---------------------------------------------------------------------------------------------------------

demo() {
    need
    local dir=out/demo
    rm -rf "$dir"
    say "Building; the first time takes about half a minute."
    run ./ballast init "$dir"
    run ./ballast init "$dir" --options
    run ./ballast check "$dir/core.yaml"
    run ./ballast plan "$dir/core.yaml" --holdings "$dir/holdings.csv" --prices "$dir/synthetic-prices.csv"
    run ./ballast backtest "$dir/core.yaml" --prices "$dir/synthetic-prices.csv" --out "$dir"
    say ""
    say "The prices are synthetic. The report: $PWD/$dir/report.html"
    say "The page of all this, on this machine only: ./ballast serve --folder $dir"
}

build() {
    need
    dotnet build Ballast.slnx -c Release -v q -nologo
}

test() {
    need
    dotnet build tests/Ballast.Tests -c Release -v q -nologo
    exchange_ready
    local log=artifacts/test.log status=0 filter
    mapfile -t filter < <(filter "$@")
    dotnet artifacts/bin/Ballast.Tests/release/Ballast.Tests.dll --no-ansi --no-progress "${filter[@]}" </dev/null 2>&1 | tee "$log" || status=$?
    if [[ $# == 0 ]]; then
        for folder in exchange connectors tests/desk; do node_tests "$folder" 2>&1 | tee -a "$log" || status=$?; done
    fi
    failures "$log"
    count "$log"
    return "$status"
}

# The tests of a TypeScript folder, in the words of node's own runner.
node_tests() {
    node_ready "$1"
    (cd "$1" && npm test --silent)
}

# What a TypeScript folder needs, once for each lock file.
node_ready() {
    [[ $1/node_modules/.installed -nt $1/package-lock.json ]] && return
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch "$1/node_modules/.installed"
}

# The simulated exchange, which tests start as a process of its own.
exchange_ready() {
    node_ready exchange
    [[ -f exchange/dist/src/main.js && -z $(find exchange/src -newer exchange/dist/src/main.js) ]] || (cd exchange && npm run --silent build) || exit 4
}

exchange() {
    exchange_ready
    exec node exchange/dist/src/main.js "$@"
}

sim() {
    need
    dotnet build tests/Ballast.Simulation -c Release -v q -nologo
    exec dotnet artifacts/bin/Ballast.Simulation/release/Ballast.Simulation.dll "$@"
}

blackbox() {
    need
    run ./ballast --version >/dev/null
    exchange_ready
    exec python3 tests/blackbox/blackbox.py "$@"
}

bench() {
    need
    [[ ${1-} != desk && ${1-} != whatif ]] || dotnet build src/Ballast.App -c Release -v q -nologo
    dotnet run --project tests/Ballast.Benchmarks -c Release -v q -- "$@"
}

pictures() {
    [[ -f out/demo/report.html ]] || { say "There is no report yet: ./do demo makes one." >&2; exit 2; }
    printf 'asset,weight\nBTC,0.38\nETH,0.25\nSOL,0.11\nBNB,0.06\nXRP,0.06\nADA,0.05\nAVAX,0.05\nLINK,0.04\n' >out/demo/weights-now.csv
    local browser
    browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { missing_line chromium; exit 4; }
    mkdir -p docs/pictures
    ./ballast frontier --prices out/demo/synthetic-prices.csv --assets BTC,ETH,SOL,BNB,XRP,ADA,AVAX,LINK --max 40% --risk-free 4% \
        --current out/demo/weights-now.csv --out out/demo/frontier >/dev/null
    picture report.png out/demo/report.html 1200,1400
    picture frontier.png out/demo/frontier/report.html 1200,1180
    node_ready tests/desk
    (cd tests/desk && npm run --silent pictures)
}

picture() {
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --force-device-scale-factor=1 --window-size="$3" \
        --screenshot="docs/pictures/$1" "file://$PWD/$2" 2>/dev/null
    say "docs/pictures/$1"
}

format() {
    need
    dotnet format Ballast.slnx
}

clean() {
    rm -rf artifacts out
}

# --- tests ---------------------------------------------------------------------------------------------------------

# What the test program understands, a word a line, from what a person types.
filter() {
    case ${1-} in
        '') ;;
        vectors) printf '%s\n' --filter-trait Category=Vectors ;;
        -*) printf '%s\n' "$@" ;;
        *) printf '%s\n' --filter-class "*$1*" ;;
    esac
}

# Every failure once more, with what it said, where nobody has to scroll for it.
failures() {
    awk '/^(failed|not ok|✖) /                    { left = 25; if (!told++) print "\nFailed" }
         /^(passed|skipped|ok|#|✔|Test run) /     { left = 0 }
         left-- > 0' "$1"
}

# One line that a script can read, from the summary that closes every run.
count() {
    awk '/^Test run summary/ { seen = 1 }
         seen && $1 == "succeeded:" { passed = $2 }
         seen && $1 == "failed:"    { failed = $2 }
         seen && $1 == "skipped:"   { skipped = $2 }
         /^(#|ℹ) pass /                 { passed += $3 }
         /^(#|ℹ) fail /                 { failed += $3 }
         /^(#|ℹ) skipped /              { skipped += $3 }
         END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$1"
}

# --- what this machine has -----------------------------------------------------------------------------------------

missing() {
    local lines
    lines=$(has_sdk || missing_line dotnet
        has_node || missing_line node
        has gcc || missing_line gcc
        has chromium || has chromium-browser || has google-chrome || missing_line chromium)
    [[ -z $lines ]] || printf '\nMissing on this machine\n%s\n' "$lines"
}

missing_line() {
    case $1 in
        dotnet) tool ".NET SDK $(wanted_sdk)+" everything "apt-get install dotnet-sdk-10.0, from Microsoft's packages:" \
            "https://learn.microsoft.com/dotnet/core/install/linux-debian" ;;
        node) tool "Node.js 20.19+, npm" everything "apt-get install nodejs npm (Debian 13; Debian 12 has an older one:" \
            "take it from https://nodejs.org/en/download)" ;;
        gcc) tool gcc "./do bench" "apt-get install gcc (the yardstick of the benchmarks is written in C)" ;;
        chromium) tool chromium "./do pictures" "apt-get install chromium" ;;
    esac
}

# What is missing, what it is needed for, and how to get it, in one line or two.
tool() {
    printf '  %-20s %-14s %s\n' "$1" "$2" "$3"
    [[ $# -lt 4 ]] || printf '  %-20s %-14s %s\n' '' '' "$4"
}

wanted_sdk() {
    sed -n 's/.*"sdk".*"version": *"\([^"]*\)".*/\1/p' global.json
}

# The SDK itself applies global.json: it has a version to tell, or none will do.
has_sdk() {
    has dotnet && dotnet --version >/dev/null 2>&1
}

has_node() {
    has npm && has node && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}

has() {
    command -v "$1" >/dev/null
}

# What the build cannot do without.
need() {
    local lines
    lines=$(has_sdk || missing_line dotnet; has_node || missing_line node)
    [[ -z $lines ]] || { printf 'Missing on this machine\n%s\n' "$lines" >&2; exit 4; }
}

run() {
    say ""
    say "\$ $*"
    "$@"
}

say() {
    printf '%s\n' "$*"
}

main "$@"
