/** How long the rows of each span are, in ms. */
export const SPAN_MS = { minute: 60_000, hour: 3_600_000 } as const

/** Stands for no endpoint in a key. */
export const NO_ENDPOINT = 0
