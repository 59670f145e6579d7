/** Of the web-standard globals, which are there wherever this runs, those that are used. */
declare class TextDecoder {
  /** Throws a `RangeError` for an encoding that is not known. */
  constructor(label?: string, options?: { fatal?: boolean })
  decode(input?: Uint8Array): string
}
