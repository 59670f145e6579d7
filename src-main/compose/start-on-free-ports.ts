import { PortInUseError } from '../listener/port-error.ts'
import { start, type Running, type StartOptions } from './start.ts'

/** As `start`, but a taken port gives way to a free one: a desktop opens whatever else is running. */
export async function startOnFreePorts(options: StartOptions): Promise<Running> {
  try {
    return await start(options)
  } catch (error) {
    if (!(error instanceof PortInUseError) || error.port === 0) throw error
    const free = {
      ...(error.port === options.port && { port: 0 }),
      ...(error.port === options.capturePort && { capturePort: 0 }),
    }
    return startOnFreePorts({ ...options, ...free })
  }
}
