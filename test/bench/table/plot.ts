import type { Cost } from './figure.ts'

const WIDTH = 760
const HEIGHT = 420
const LEFT = 60
const RIGHT = 190
const TOP = 30
const BOTTOM = 50
const COLOURS = ['#0f766e', '#b45309', '#1d4ed8', '#be123c', '#6d28d9', '#4d7c0f', '#0e7490', '#a21caf', '#57534e']

/** What each thing costs against how much is stored, both on scales of tens: an SVG that a browser draws as it is. */
export function plotOf(costs: readonly Cost[]): string {
  const names = [...new Set(costs.map(({ name }) => name))]
  const [minSize, maxSize] = rangeOf(costs.map(({ size }) => size))
  const [minMs, maxMs] = rangeOf(costs.map(({ ms }) => ms))
  const x = (size: number) => LEFT + share(size, minSize, maxSize) * (WIDTH - LEFT - RIGHT)
  const y = (ms: number) => HEIGHT - BOTTOM - share(ms, minMs, maxMs) * (HEIGHT - TOP - BOTTOM)
  const lines = names.map((name, index) => {
    const points = costs.filter((cost) => cost.name === name).toSorted((a, b) => a.size - b.size)
    const colour = COLOURS[index % COLOURS.length]!
    const path = points.map(({ size, ms }) => `${x(size).toFixed(1)},${y(ms).toFixed(1)}`).join(' ')
    const label = TOP + 16 * index
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
      `<rect x="${WIDTH - RIGHT + 16}" y="${label - 8}" width="10" height="10" fill="${colour}"/>`,
      `<text x="${WIDTH - RIGHT + 32}" y="${label + 1}">${escaped(name)}</text>`,
    ].join('\n')
  })
  const sizes = tens(minSize, maxSize).map((size) => tick(x(size), HEIGHT - BOTTOM + 18, 'middle', size))
  const times = tens(minMs, maxMs).map((ms) => tick(LEFT - 8, y(ms) + 4, 'end', ms))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>
<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#78716c"/>
${[...sizes, ...times, ...lines].join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">events stored</text>
<text x="14" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})">ms</text>
</svg>
`
}

/** Whole powers of ten around the values. */
function rangeOf(values: readonly number[]): [number, number] {
  const least = Math.floor(Math.log10(Math.max(0.1, Math.min(...values))))
  const most = Math.ceil(Math.log10(Math.max(1, ...values)))
  return [10 ** least, 10 ** Math.max(most, least + 1)]
}

function share(value: number, least: number, most: number): number {
  return Math.log10(Math.max(value, least) / least) / Math.log10(most / least)
}

function tens(least: number, most: number): number[] {
  const found: number[] = []
  for (let value = least; value <= most * 1.01; value *= 10) found.push(value)
  return found
}

function tick(x: number, y: number, anchor: string, value: number): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#57534e">${value.toLocaleString('en')}</text>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
