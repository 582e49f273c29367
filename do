#!/usr/bin/env bash
# The commands of this repository. ./do alone explains them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

main() {
    case ${1-} in
        demo | build | test | bench | pictures | format | clean) "$@" ;;
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
./do bench [NAME]    run the benchmarks
./do pictures        make the pictures of the documents from the demo's report
./do format          format the sources
./do clean           remove everything that was built

./ballast VERB ...   the program itself, built when it must be
END
    missing
}

# --- verbs ---------------------------------------------------------------------------------------------------------

demo() {
    need dotnet
    local dir=out/demo
    say "Building; the first time takes about half a minute."
    run ./ballast init "$dir" --force
    run ./ballast check "$dir/core.yaml"
    run ./ballast plan "$dir/core.yaml" --holdings "$dir/holdings.csv" --prices "$dir/synthetic-prices.csv"
    run ./ballast backtest "$dir/core.yaml" --prices "$dir/synthetic-prices.csv" --out "$dir"
    say ""
    say "The prices are synthetic. The report: $PWD/$dir/report.html"
}

build() {
    need dotnet
    dotnet build Ballast.slnx -c Release -v q -nologo
}

test() {
    need dotnet
    dotnet build tests/Ballast.Tests -c Release -v q -nologo
    local log=artifacts/test.log status=0 filter
    mapfile -t filter < <(filter "$@")
    dotnet artifacts/bin/Ballast.Tests/release/Ballast.Tests.dll --no-ansi --no-progress "${filter[@]}" </dev/null 2>&1 | tee "$log" || status=$?
    count "$log"
    return "$status"
}

bench() {
    need dotnet
    dotnet run --project tests/Ballast.Benchmarks -c Release -v q -- "$@"
}

pictures() {
    [[ -f out/demo/report.html ]] || { say "There is no report yet: ./do demo makes one." >&2; exit 2; }
    local browser
    browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || { missing_line chromium; exit 4; }
    mkdir -p docs/pictures
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --force-device-scale-factor=1 --window-size=1200,1400 \
        --screenshot=docs/pictures/report.png "file://$PWD/out/demo/report.html" 2>/dev/null
    say "docs/pictures/report.png"
}

format() {
    need dotnet
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

# One line that a script can read, from the summary that closes every run.
count() {
    awk '/^Test run summary/ { seen = 1 }
         seen && $1 == "succeeded:" { passed = $2 }
         seen && $1 == "failed:"    { failed = $2 }
         seen && $1 == "skipped:"   { skipped = $2 }
         END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$1"
}

# --- what this machine has -----------------------------------------------------------------------------------------

missing() {
    local lines
    lines=$(has_sdk || missing_line dotnet
        has node && has npm || missing_line node
        has gcc || missing_line gcc
        has chromium || has chromium-browser || has google-chrome || missing_line chromium)
    [[ -z $lines ]] || printf '\nMissing on this machine\n%s\n' "$lines"
}

missing_line() {
    case $1 in
        dotnet) echo "  .NET SDK $(wanted_sdk) or later   everything     apt-get install dotnet-sdk-10.0   (from Microsoft's Debian packages:
                                                    https://learn.microsoft.com/dotnet/core/install/linux-debian)" ;;
        node) echo "  node, npm                  the report     apt-get install nodejs npm   (20 or later)" ;;
        gcc) echo "  gcc                        ./do bench     apt-get install gcc   (its yardstick is written in C)" ;;
        chromium) echo "  chromium                   ./do pictures  apt-get install chromium" ;;
    esac
}

wanted_sdk() {
    sed -n 's/.*"sdk".*"version": *"\([^"]*\)".*/\1/p' global.json
}

# The SDK itself applies global.json: it has a version to tell, or none will do.
has_sdk() {
    has dotnet && dotnet --version >/dev/null 2>&1
}

has() {
    command -v "$1" >/dev/null
}

need() {
    has_sdk || { missing_line dotnet >&2; exit 4; }
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
