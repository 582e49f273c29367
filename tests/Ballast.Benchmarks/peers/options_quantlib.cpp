// Rows P1 to P3 by QuantLib's calculator and formulas. See options.h.
#include "options.h"
#include <cmath>
#include <ql/pricingengines/blackcalculator.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <string>
#include <vector>

using namespace QuantLib;

static Option::Type type(double w) { return w > 0 ? Option::Call : Option::Put; }

// Price, delta, gamma, vega, theta; of the others the calculator has rho and phi.
static void price(long n, const double *s, const double *k, const double *t, const double *vol, const double *w, double *out, bool all) {
    for (long i = 0; i < n; i++) {
        BlackCalculator x(type(w[i]), k[i], s[i] * std::exp((RATE - YIELD) * t[i]), vol[i] * std::sqrt(t[i]), std::exp(-RATE * t[i]));
        out[i] = x.value();
        out[i + n] = x.delta(s[i]);
        out[i + 2 * n] = x.gamma(s[i]);
        out[i + 3 * n] = x.vega(t[i]);
        out[i + 4 * n] = x.theta(s[i], t[i]);
        if (!all) continue;
        out[i + 5 * n] = x.rho(t[i]);
        out[i + 6 * n] = x.dividendRho(t[i]);
    }
}

// To 1e-12 of the deviation; where QuantLib refuses, no number.
static void imply(long n, const double *f, const double *k, const double *t, const double *p, const double *w, double *out) {
    for (long i = 0; i < n; i++) {
        try {
            out[i] = blackFormulaImpliedStdDev(type(w[i]), k[i], f[i], p[i], 1.0, 0.0, Null<Real>(), 1e-12, 100) / std::sqrt(t[i]);
        } catch (const std::exception &) {
            out[i] = NAN;
        }
    }
}

static void grid(long n, const double *k, const double *t, const double *vol, const double *w, const double *q, double *out) {
    std::vector<double> now(n), root(n);
    for (long i = 0; i < n; i++) {
        root[i] = std::sqrt(t[i]);
        now[i] = blackFormula(type(w[i]), k[i], SPOT, vol[i] * root[i]);
    }
    for (int state = 0; state < STATES; state++)
        for (int move = 0; move < MOVES; move++) {
            double f = SPOT * (1 + 0.05 * (move - 8)), sum = 0;
            for (long i = 0; i < n; i++) sum += q[i] * (blackFormula(type(w[i]), k[i], f, VOLATILITY[state] * vol[i] * root[i]) - now[i]);
            out[state * MOVES + move] = sum;
        }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    std::string row = argv[1];
    bool margin = row == "P3", implied = row == "P2", all = row == "P1g";
    long n, outputs = margin ? 0 : implied ? 1 : all ? 7 : 5, repeats = margin ? 5 : 1;
    double *c = columns(argv[2], margin || implied ? 1 : 10, &n), samples[RUNS];
    std::vector<double> out(margin ? MOVES * STATES : outputs * n);
    for (int run = -1; run < RUNS; run++) {
        double start = cpu();
        for (long k = 0; k < repeats; k++) {
            if (margin) grid(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, out.data());
            else if (implied) imply(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, out.data());
            else price(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, out.data(), all);
        }
        if (run >= 0) samples[run] = (cpu() - start) / repeats / (margin ? n * MOVES * STATES : n);
    }
    results(argv[3], out.data(), (long)out.size());
    printf("%.4f\n", median(samples));
    return 0;
}
