import { z } from 'zod'
import { ChangeLine, changeText } from '../../forwarding/line.ts'
import type { Text } from '../../text/view.ts'

/** What `listen --json` prints, one to a line. */
export const ListenLine = z.union([
  z.object({
    type: z.literal('listening'),
    captureUrl: z.string(),
    forwardTo: z.string(),
    sourceId: z.string(),
    endpointId: z.string(),
    relay: z.enum(['started', 'running']),
  }),
  ChangeLine,
])
export type ListenLine = z.infer<typeof ListenLine>

/** The same for a person who pipes it, or whose terminal shows no more. */
export function lineText(line: ListenLine): Text {
  if (line.type !== 'listening') return changeText(line)
  return `${line.captureUrl} → ${line.forwardTo}\nTry it: curl -d '{"hello":1}' ${line.captureUrl}`
}
