import type { Cost } from './figure.ts'
import { spreadLabels } from './spread-labels.ts'

const WIDTH = 960
const HEIGHT = 540
const LEFT = 70
/** Where the names of the lines stand. */
const RIGHT = 260
const TOP = 48
const BOTTOM = 58
const LABEL_HEIGHT = 15
/** Each tells itself apart from white and from black. */
const COLOURS = ['#0d9488', '#d97706', '#2563eb', '#e11d48', '#7c3aed', '#4d7c0f', '#0891b2', '#c026d3', '#78716c']
const DASHES = ['', '6 3', '2 3']

const STYLE = `
svg { --ground: #fff; --ink: #1c1917; --quiet: #57534e; --grid: #e7e5e4 }
@media (prefers-color-scheme: dark) { svg { --ground: #171412; --ink: #f5f5f4; --quiet: #a8a29e; --grid: #35302c } }
.ground { fill: var(--ground) }
text { fill: var(--ink) }
.tick, .title { fill: var(--quiet) }
.heading { font-size: 15px; font-weight: 600 }
.grid { stroke: var(--grid) }
.leader { fill: none; stroke: var(--quiet); stroke-width: .6 }`

/** What each thing costs against how much is stored, both on scales of tens: an SVG that a browser draws as it is. */
export function plotOf(costs: readonly Cost[]): string {
  const x = scaleOf(
    costs.map(({ size }) => size),
    { from: LEFT, to: WIDTH - RIGHT, least: 1 },
  )
  const y = scaleOf(
    costs.map(({ ms }) => ms),
    { from: HEIGHT - BOTTOM, to: TOP, least: 0.1 },
  )
  const lines = [...Map.groupBy(costs, ({ name }) => name)].map(([name, points]) => {
    const sorted = points.toSorted((a, b) => a.size - b.size)
    return { name, points: sorted.map(({ size, ms }) => ({ x: x.at(size), y: y.at(ms) })), ms: sorted.at(-1)!.ms }
  })
  const labels = spreadLabels(
    lines.map(({ points }) => points.at(-1)!.y),
    { height: LABEL_HEIGHT, from: TOP, to: HEIGHT - BOTTOM },
  )
  const sizes = x.tens.map((size) =>
    [
      `<path class="grid" d="M${fixed(x.at(size))} ${TOP}V${HEIGHT - BOTTOM}"/>`,
      `<text class="tick" x="${fixed(x.at(size))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${size === 1 ? 'nothing' : size.toLocaleString('en')}</text>`,
    ].join('\n'),
  )
  const times = y.tens.map((ms) =>
    [
      `<path class="grid" d="M${LEFT} ${fixed(y.at(ms))}H${WIDTH - RIGHT}"/>`,
      `<text class="tick" x="${LEFT - 8}" y="${fixed(y.at(ms) + 4)}" text-anchor="end">${shownMs(ms)}</text>`,
    ].join('\n'),
  )
  const drawn = lines.map((line, index) => drawLine(line, { index, labelY: labels[index]! }))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Cost against what is stored">
<style>${STYLE}
</style>
<rect class="ground" width="100%" height="100%"/>
<text class="heading" x="${LEFT}" y="26">What it costs, against what is stored</text>
${[...sizes, ...times, ...drawn].join('\n')}
<text class="title" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle">stored: events, or attempts where that is said</text>
<text class="title" x="18" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 18 ${(TOP + HEIGHT - BOTTOM) / 2})">milliseconds</text>
</svg>
`
}

interface Line {
  name: string
  points: readonly { x: number; y: number }[]
  ms: number
}

/** The line, its points, and its name at its end, which a thin line leads to where names had to make room. */
function drawLine({ name, points, ms }: Line, { index, labelY }: { index: number; labelY: number }): string {
  const colour = COLOURS[index % COLOURS.length]!
  const dashes = DASHES[Math.floor(index / COLOURS.length) % DASHES.length]!
  const end = points.at(-1)!
  const labelX = WIDTH - RIGHT + 30
  return [
    `<polyline points="${points.map((point) => `${fixed(point.x)},${fixed(point.y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.8"${dashes && ` stroke-dasharray="${dashes}"`}/>`,
    ...points.map((point) => `<circle cx="${fixed(point.x)}" cy="${fixed(point.y)}" r="2.6" fill="${colour}"/>`),
    `<path class="leader" d="M${fixed(end.x + 4)} ${fixed(end.y)}L${labelX - 12} ${fixed(labelY)}"/>`,
    `<circle cx="${labelX - 6}" cy="${fixed(labelY)}" r="3.5" fill="${colour}"/>`,
    `<text x="${labelX + 2}" y="${fixed(labelY + 4)}">${escaped(name)} · ${shownMs(ms)} ms</text>`,
  ].join('\n')
}

interface Scale {
  /** Whole powers of ten around the values. */
  tens: readonly number[]
  at(value: number): number
}

function scaleOf(values: readonly number[], { from, to, least }: { from: number; to: number; least: number }): Scale {
  const low = Math.floor(Math.log10(Math.max(least, Math.min(...values))))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(least, ...values))))
  return {
    tens: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)),
    at: (value) => from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from),
  }
}

function shownMs(ms: number): string {
  return ms.toLocaleString('en', { maximumSignificantDigits: ms < 10 ? 2 : 3 })
}

function fixed(value: number): string {
  return value.toFixed(1)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
