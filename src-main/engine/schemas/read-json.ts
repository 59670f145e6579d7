/** Larger bodies are not judged: reading one would hold up what delivers. */
export const JUDGED_BYTES = 262_144

/** A body as JSON; undefined where it is none. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}
