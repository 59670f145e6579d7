/** Where a request points, taken from its target as it came: nothing is decoded or tidied up. */
export interface CaptureTarget {
  /** Null where the path is not below a capture address. */
  slug: string | null
  path: string
  query: string | null
}

/** Reads a request target. One in absolute form is routed by its path, and kept as it came. */
export function parseCaptureTarget(target: string): CaptureTarget {
  const questionMark = target.indexOf('?')
  const path = questionMark < 0 ? target : target.slice(0, questionMark)
  const query = questionMark < 0 ? null : target.slice(questionMark + 1)
  const routed = path.replace(/^https?:\/\/[^/]*/i, '')
  return { slug: /^\/in\/([^/]+)(?:\/|$)/.exec(routed)?.[1] ?? null, path, query }
}
