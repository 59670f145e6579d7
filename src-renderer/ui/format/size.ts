const UNITS = ['kB', 'MB', 'GB'] as const

/** A size as people read it, in steps of 1,000: `512 B`, `2.1 kB`, `48 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  let value = bytes
  for (const unit of UNITS) {
    value /= 1_000
    if (value < 999.5 || unit === 'GB') return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`
  }
  return `${bytes} B`
}

/** A count with thousands marked: `1,284`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 delivery`, `3 deliveries`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
