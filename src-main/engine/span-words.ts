const UNITS = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
  { ms: 1_000, name: 's' },
] as const

/** Such as `2 h 35 min`: the two greatest units; below two seconds with hundredths, such as `1.25 s`. */
export function spanWords(ms: number): string {
  if (ms < 2_000) return `${Math.round(ms / 10) / 100} s`
  const parts: string[] = []
  let left = Math.round(ms / 1_000) * 1_000
  for (const unit of UNITS) {
    const count = Math.floor(left / unit.ms)
    left -= count * unit.ms
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit.name}`)
  }
  return parts.join(' ')
}
