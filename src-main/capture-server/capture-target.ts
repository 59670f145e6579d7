/** Where a request points, taken from its target as it came: nothing is decoded or tidied up. */
export interface CaptureTarget {
  /** Null where the path is not below a capture address. */
  slug: string | null
  path: string
  query: string | null
}

/** The ingest key that a target names, empty where it names none; null where it is no address of ingestion. */
export function ingestKeyOf(target: string): string | null {
  // Asked of every request, nearly always in vain.
  if (!target.includes('/ingest')) return null
  const match = /^\/ingest(?:\/([^/]*))?\/?$/.exec(routedPath(target.split('?', 1)[0] ?? ''))
  return match ? (match[1] ?? '') : null
}

/** Reads a request target. One in absolute form is routed by its path, and kept as it came. */
export function parseCaptureTarget(target: string): CaptureTarget {
  const questionMark = target.indexOf('?')
  const path = questionMark < 0 ? target : target.slice(0, questionMark)
  const query = questionMark < 0 ? null : target.slice(questionMark + 1)
  return { slug: /^\/in\/([^/]+)(?:\/|$)/.exec(routedPath(path))?.[1] ?? null, path, query }
}

function routedPath(path: string): string {
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '')
}
