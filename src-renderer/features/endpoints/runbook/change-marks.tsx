import type { EndpointView } from '#shared/contract/endpoints.ts'
import { fullTime } from '../../../ui/format/time.ts'
import { Chip } from '../../../ui/layout/detail-pane.tsx'

/** Whether the last change was tested, and whether what follows it is still watched. */
export function ChangeMarks({ endpoint: { lastChangeTested, lastTest, watch } }: { endpoint: EndpointView }) {
  return (
    <>
      {!lastChangeTested && (
        <Chip tone="border-retry/50 text-retry">
          {lastTest === null ? 'last change not tested' : 'last change: test failed'}
        </Chip>
      )}
      {watch.isOpen && (
        <span title={`Its attempts are flagged for review until ${fullTime(watch.until)}`}>watched</span>
      )}
    </>
  )
}
