import type { HeaderList } from '#shared/model/header.ts'

const SENSITIVE = /authorization|cookie|token|secret|passw|credential|api[-_]?key|access[-_]?key|private[-_]?key/i
const MASK = '***'

/** Whether a header of this name carries a credential, as far as names tell. */
export function isCredential(name: string): boolean {
  return SENSITIVE.test(name)
}

/** Headers as an attempt records them: what names a credential keeps its name and loses its value. */
export function maskHeaders(headers: HeaderList): HeaderList {
  return headers.map((header) => (isCredential(header[0]) ? [header[0], MASK] : header))
}

/** Headers as an attempt records them: those made from a template show it, with its tokens. */
export function shownHeaders(sent: HeaderList, templates: HeaderList): HeaderList {
  const masked = maskHeaders(sent)
  if (templates === sent) return masked
  return templates.map(([name, template], index) =>
    template === sent[index]?.[1] ? (masked[index] ?? [name, MASK]) : [name, template],
  )
}
