import { Ban, Check, CircleSlash, Clock, FlaskConical, Loader, SkipForward, TimerOff, X } from 'lucide-react'
import type { RunView, TraceStep, WorkflowView } from '#shared/contract/workflows/workflows.ts'
import type { Look } from '../../ui/delivery/delivery-words.ts'
import { plural } from '../../ui/format/size.ts'

const STATUS_LOOKS: Record<RunView['status'], Look> = {
  running: { word: 'running', icon: Loader, tone: 'text-accent' },
  succeeded: { word: 'succeeded', icon: Check, tone: 'text-ok' },
  partial_failure: { word: 'failed in part', icon: CircleSlash, tone: 'text-fail' },
  failed: { word: 'failed', icon: X, tone: 'text-fail' },
}

export function runLook({ status, stop }: Pick<RunView, 'status' | 'stop'>): Look {
  if (status !== 'running' && stop === 'canceled') return { word: 'canceled', icon: Ban, tone: 'text-muted' }
  if (status !== 'running' && stop === 'timed_out') return { word: 'out of time', icon: TimerOff, tone: 'text-fail' }
  return STATUS_LOOKS[status]
}

export const OUTCOME_LOOKS: Record<TraceStep['outcome'], Look> = {
  waiting: { word: 'waiting', icon: Clock, tone: 'text-muted' },
  sending: { word: 'sending', icon: Loader, tone: 'text-accent' },
  succeeded: { word: 'succeeded', icon: Check, tone: 'text-ok' },
  failed: { word: 'failed', icon: X, tone: 'text-fail' },
  canceled: { word: 'canceled', icon: Ban, tone: 'text-muted' },
  timed_out: { word: 'out of time', icon: TimerOff, tone: 'text-fail' },
  simulated: { word: 'simulated', icon: FlaskConical, tone: 'text-held' },
  skipped: { word: 'left out', icon: SkipForward, tone: 'text-muted' },
}

/** `23 of 24 targets succeeded, 1 failed`. */
export function countWords({ completed_urls: completed, failed_urls: failed, total_urls: total }: RunView): string {
  const words = `${completed} of ${plural(total, 'target')} succeeded`
  return failed === 0 ? words : `${words}, ${failed} did not`
}

const STOP_WORDS: Record<NonNullable<RunView['stop']>, string> = {
  first_failure: 'A target failed, and this workflow stops after the first failure: what had not begun was left out.',
  canceled: 'It was canceled: what waited was canceled and what had not begun was left out.',
  timed_out: 'It took longer than the workflow allows: what waited was canceled and what had not begun was left out.',
}

export function stopWords({ stop }: Pick<RunView, 'stop'>): string | null {
  return stop === null ? null : STOP_WORDS[stop]
}

export const TRIGGER_WORDS: Record<RunView['trigger'], string> = { ci: 'CI', schedule: 'schedule', manual: 'by hand' }

/** Why the latest start by schedule was left out. */
export function skippedWords({ skipped }: Pick<WorkflowView, 'skipped'>): string | null {
  if (skipped === null) return null
  const starts = plural(skipped.count, 'start')
  if (skipped.reason === 'not_running') return `${starts} came due while Hookloop did not run, and were left out.`
  if (skipped.reason === 'run_in_progress') return `A start came due while a run was going on, and was left out.`
  return `A start by schedule was refused: ${skipped.detail ?? ''}`
}
