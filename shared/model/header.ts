import { z } from 'zod'

/** Headers as they stand on the wire: pairs in order, duplicates and casing kept. Bytes are read as latin1. */
export const HeaderList = z.array(z.tuple([z.string(), z.string()])).readonly()
export type HeaderList = z.infer<typeof HeaderList>

/** Every value of one header, in wire order; names compare without case. */
export function headerValues(headers: HeaderList, name: string): string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
}

/** The first value of one header, or null where it is absent. */
export function headerValue(headers: HeaderList, name: string): string | null {
  const wanted = name.toLowerCase()
  for (const [key, value] of headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return value
  }
  return null
}
