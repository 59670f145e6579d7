import { type LintRule, severityOf } from './lint-subject.ts'
import { spanWords } from '../../span-words.ts'
import { isPublic, targetUrl } from './target-host.ts'

export const timeoutAboveDeadline: LintRule = ({ config: { policy }, signer, sources }) => {
  // Who signs is who the receiver believes to hear from; what is relayed as it came is its sender's.
  const senders = signer ? [signer] : sources.flatMap(({ sender }) => sender ?? [])
  const [strictest] = senders
    .flatMap(({ provider, deadlineMs }) => (deadlineMs === null ? [] : [{ provider, deadlineMs }]))
    .toSorted((one, other) => one.deadlineMs - other.deadlineMs)
  if (!strictest || policy.timeoutMs <= strictest.deadlineMs) return null
  const { provider, deadlineMs } = strictest
  return {
    code: 'timeout_above_deadline',
    severity: 'warning',
    field: 'policy.timeoutMs',
    message: `The receiver has ${spanWords(policy.timeoutMs)} to answer here; ${provider.name} itself gives up after ${spanWords(deadlineMs)}, so a slow receiver passes here and fails there.`,
    fix: `Lower the timeout to ${deadlineMs} ms, or use the policy “${provider.policy ?? provider.id}”.`,
  }
}

export const bodyLimitBelowSource: LintRule = ({ config: { policy }, preset, sources }) => {
  const limit = policy.bodyLimitBytes
  if (limit === null) return null
  const larger = sources.find(({ source }) => source.bodyLimitBytes > limit)
  if (!larger) return null
  return {
    code: 'body_limit_below_source',
    severity: severityOf(preset?.bodyLimitBytes === limit),
    field: 'policy.bodyLimitBytes',
    message: `“${larger.source.name}” takes bodies up to ${sizeWords(larger.source.bodyLimitBytes)}, and only ${sizeWords(limit)} are delivered: larger events fail before they are sent.`,
    fix: 'Raise the policy’s limit, or let a transformation shorten what is sent.',
  }
}

function sizeWords(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.round(bytes / 104_857.6) / 10} MiB` : `${Math.round(bytes / 102.4) / 10} KiB`
}

export const timeScaleInPublic: LintRule = ({ config, project }) => {
  const url = targetUrl(config.url)
  if (project.timeScale === 1 || config.testMode || !url || !isPublic(url)) return null
  return {
    code: 'time_scale_in_public',
    severity: 'warning',
    field: 'project.timeScale',
    message: `The project’s waits run ×${project.timeScale}: ${url.hostname} gets its retries far sooner than the schedule says.`,
    fix: 'Set the time scale to 1, or keep this endpoint in a project of its own.',
  }
}

export const gateUnwatched: LintRule = ({ unwatchedGates }) => {
  if (unwatchedGates.length === 0) return null
  const names = unwatchedGates.map((name) => `“${name}”`).join(', ')
  return {
    code: 'gate_unwatched',
    severity: 'warning',
    field: 'alerts',
    message: `The workflow ${names} lets changes pass here, and no alert watches this endpoint: what breaks after the gate is told to nobody.`,
    fix: 'Set an alert on it, such as one on its success rate.',
  }
}
