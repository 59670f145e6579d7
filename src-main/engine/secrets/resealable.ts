import type { SealedCallback, SealedText } from '../ports.ts'

/** Something sealed, which can be sealed anew where it lies. */
export interface Resealable {
  text: SealedText | SealedCallback
  /** False, changing nothing, where it is no more what it was. */
  reseal(to: Uint8Array): Promise<boolean>
}
