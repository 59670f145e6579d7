import { ChartPanel, PanelHead } from '../../../ui/chart/chart-panel.tsx'
import type { ChartSeries } from '../../../ui/chart/chart-series.ts'
import { Legend } from '../../../ui/chart/legend.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { shortTime } from '../../../ui/format/time.ts'
import { CHART_AT, CHART_STEP_MS } from '../samples.ts'
import { Specimen } from '../specimen.tsx'

const SERIES: readonly ChartSeries[] = [
  { name: 'delivered', colour: 'ok', values: CHART_AT.map((_, index) => 20 + ((index * 7) % 11)) },
  { name: 'failed', colour: 'fail', values: CHART_AT.map((_, index) => (index * 3) % 5) },
]
const stepWords = (index: number): string => shortTime(CHART_AT[index] ?? 0)
const ROWS = CHART_AT.map((at, index) => ({
  key: String(at),
  cells: [stepWords(index), ...SERIES.map(({ values }) => formatCount(values[index] ?? 0))],
}))

/** Figures over time. */
export function ChartSpecimens() {
  return (
    <>
      {(['bars', 'lines'] as const).map((kind) => (
        <Specimen key={kind} name={`ChartPanel: ${kind}`}>
          <div className="w-full min-w-0">
            <ChartPanel
              title={`Deliveries as ${kind}`}
              note="an example"
              label={`Deliveries as ${kind}`}
              kind={kind}
              isCount
              series={SERIES}
              at={CHART_AT}
              stepMs={CHART_STEP_MS}
              format={formatCount}
              stepWords={stepWords}
              columns={['Time', ...SERIES.map(({ name }) => name)]}
              rows={ROWS}
            />
          </div>
        </Specimen>
      ))}
      <Specimen name="PanelHead, Legend">
        <div className="w-full">
          <PanelHead title="Backlog" note="3 waiting" />
          <Legend colour="held" isLine dash={[4, 3]} />
        </div>
      </Specimen>
    </>
  )
}
