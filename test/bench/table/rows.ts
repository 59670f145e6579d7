import type { Measured } from './figure.ts'

/** What the table is made of, in its order. Each is measured in a process of its own, so that none finds another's heap. */
export const ROWS: Readonly<Record<string, () => Promise<{ measure(): Promise<Measured> }>>> = {
  deliveries: () => import('./rows/deliveries.ts'),
  bullmq: () => import('./rows/bullmq.ts'),
  stored: () => import('./rows/stored.ts'),
  captures: () => import('./rows/captures.ts'),
  'fan-out': () => import('./rows/fan-out.ts'),
  pages: () => import('./rows/pages.ts'),
  pending: () => import('./rows/pending.ts'),
  punctuality: () => import('./rows/punctuality.ts'),
  'loaded-loop': () => import('./rows/loaded-loop.ts'),
  start: () => import('./rows/start.ts'),
  disk: () => import('./rows/disk.ts'),
}
