/* What the two programs of options share: columns of doubles in a file, and CPU time.
   Usage: PROGRAM ROW INPUT OUTPUT   reads a count and five columns, writes results, prints nanoseconds of CPU an item, the median of runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 7
#define MOVES 17
#define STATES 3

static const double RATE = 0.03, YIELD = 0.01, SPOT = 60000;
static const double VOLATILITY[STATES] = {0.75, 1, 1.5};

/* Five columns of `times` times what the file has. */
static double *columns(const char *path, long times, long *count) {
    FILE *file = fopen(path, "rb");
    double n;
    if (!file || fread(&n, 8, 1, file) != 1) exit(2);
    long once = (long)n;
    *count = once * times;
    double *all = (double *)aligned_alloc(64, (5 * *count + 8) / 8 * 64);
    for (int column = 0; column < 5; column++) {
        double *to = all + column * *count;
        if (fread(to, 8, once, file) != (size_t)once) exit(2);
        for (long i = 1; i < times; i++) memcpy(to + i * once, to, 8 * once);
    }
    fclose(file);
    return all;
}

static void results(const char *path, const double *values, long count) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(values, 8, count, file) != (size_t)count || fclose(file)) exit(2);
}

static double cpu(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

static int ascending(const void *a, const void *b) { return *(const double *)a < *(const double *)b ? -1 : *(const double *)a > *(const double *)b; }

static double median(double *samples) {
    qsort(samples, RUNS, 8, ascending);
    return samples[RUNS / 2];
}
