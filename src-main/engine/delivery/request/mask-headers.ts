import type { HeaderList } from '#shared/model/header.ts'

const SENSITIVE = /authorization|cookie|token|secret|passw|credential|api[-_]?key|access[-_]?key|private[-_]?key/i
const MASK = '***'

/** Headers as an attempt records them: what names a credential keeps its name and loses its value. */
export function maskHeaders(headers: HeaderList): HeaderList {
  return headers.map(([name, value]) => [name, SENSITIVE.test(name) ? MASK : value])
}
