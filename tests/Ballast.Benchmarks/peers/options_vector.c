/* Rows P1, P1g and P3 as plain loops that gcc turns into vector code with glibc's vector exp, log and erfc (libmvec). See options.h. */
#include "options.h"
#include <math.h>

static double normal(double z) { return 0.5 * erfc(-z * 0.70710678118654752440); }
static double density(double z) { return 0.39894228040143267794 * exp(-0.5 * z * z); }

/* Price, delta, gamma, vega, theta. */
static void few(long n, const double *restrict s, const double *restrict k, const double *restrict t, const double *restrict vol, const double *restrict w, double *restrict out) {
#pragma GCC ivdep
    for (long i = 0; i < n; i++) {
        double root = sqrt(t[i]), v = vol[i] * root, d1 = (log(s[i] / k[i]) + (RATE - YIELD) * t[i]) / v + v / 2, d2 = d1 - v;
        double e = exp(-YIELD * t[i]), ahead = s[i] * e * normal(w[i] * d1), paid = k[i] * exp(-RATE * t[i]) * normal(w[i] * d2), phi = e * density(d1);
        out[i] = w[i] * (ahead - paid);
        out[i + n] = w[i] * ahead / s[i];
        out[i + 2 * n] = phi / (s[i] * v);
        out[i + 3 * n] = s[i] * phi * root;
        out[i + 4 * n] = -s[i] * phi * vol[i] / (2 * root) + w[i] * (YIELD * ahead - RATE * paid);
    }
}

/* And rho, phi, vanna, volga, charm, speed, color, zomma. */
static void all(long n, const double *restrict s, const double *restrict k, const double *restrict t, const double *restrict vol, const double *restrict w, double *restrict out) {
#pragma GCC ivdep
    for (long i = 0; i < n; i++) {
        double root = sqrt(t[i]), v = vol[i] * root, b = RATE - YIELD, d1 = (log(s[i] / k[i]) + b * t[i]) / v + v / 2, d2 = d1 - v;
        double e = exp(-YIELD * t[i]), ahead = s[i] * e * normal(w[i] * d1), paid = k[i] * exp(-RATE * t[i]) * normal(w[i] * d2), phi = e * density(d1);
        double gamma = phi / (s[i] * v), vega = s[i] * phi * root;
        out[i] = w[i] * (ahead - paid);
        out[i + n] = w[i] * ahead / s[i];
        out[i + 2 * n] = gamma;
        out[i + 3 * n] = vega;
        out[i + 4 * n] = -s[i] * phi * vol[i] / (2 * root) + w[i] * (YIELD * ahead - RATE * paid);
        out[i + 5 * n] = w[i] * t[i] * paid;
        out[i + 6 * n] = -w[i] * t[i] * ahead;
        out[i + 7 * n] = -phi * d2 / vol[i];
        out[i + 8 * n] = vega * d1 * d2 / vol[i];
        out[i + 9 * n] = -phi * (b / v - d2 / (2 * t[i])) + w[i] * YIELD * ahead / s[i];
        out[i + 10 * n] = -gamma / s[i] * (1 + d1 / v);
        out[i + 11 * n] = gamma * (YIELD + b * d1 / v + (1 - d1 * d2) / (2 * t[i]));
        out[i + 12 * n] = gamma * (d1 * d2 - 1) / vol[i];
    }
}

static double value(double f, double k, double x, double v, double w) {
    double d1 = x / v + v / 2;
    return w * (f * normal(w * d1) - k * normal(w * (d1 - v)));
}

/* The gain of all positions at each move and volatility. */
static void grid(long n, const double *restrict k, const double *restrict t, const double *restrict vol, const double *restrict w, const double *restrict q, double *restrict x, double *restrict now, double *restrict out) {
    for (long i = 0; i < n; i++) {
        x[i] = log(SPOT / k[i]);
        now[i] = value(SPOT, k[i], x[i], vol[i] * sqrt(t[i]), w[i]);
    }
    for (int state = 0; state < STATES; state++)
        for (int move = 0; move < MOVES; move++) {
            double factor = 1 + 0.05 * (move - 8), shift = log(factor), f = SPOT * factor, sum = 0;
            for (long i = 0; i < n; i++) sum += q[i] * (value(f, k[i], x[i] + shift, VOLATILITY[state] * vol[i] * sqrt(t[i]), w[i]) - now[i]);
            out[state * MOVES + move] = sum;
        }
}

int main(int argc, char **argv) {
    if (argc != 4 || !strcmp(argv[1], "P2")) return 2;
    int margin = !strcmp(argv[1], "P3"), outputs = !strcmp(argv[1], "P1") ? 5 : 13;
    long n, repeats = margin ? 100 : 1;
    double *c = columns(argv[2], margin ? 1 : 10, &n), samples[RUNS];
    double *out = calloc(13 * n + MOVES * STATES, 8), *scratch = calloc(2 * n, 8);
    for (int run = -2; run < RUNS; run++) {
        double start = cpu();
        for (long k = 0; k < repeats; k++) {
            if (margin) grid(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, scratch, scratch + n, out);
            else if (outputs == 5) few(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, out);
            else all(n, c, c + n, c + 2 * n, c + 3 * n, c + 4 * n, out);
        }
        if (run >= 0) samples[run] = (cpu() - start) / repeats / (margin ? n * MOVES * STATES : n);
    }
    results(argv[3], out, margin ? MOVES * STATES : outputs * n);
    printf("%.4f\n", median(samples));
    return 0;
}
