/** The sizes between which no cost may grow. */
export const FEW = 10_000
export const MANY = Number(process.env['HOOKLOOP_BENCH_EVENTS'] ?? 1_000_000)
