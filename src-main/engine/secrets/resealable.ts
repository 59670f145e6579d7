import type { SealedCallback, SealedText } from '../ports.ts'

/** Something sealed, which can be sealed anew where it lies. */
export interface Resealable {
  text: SealedText | SealedCallback
  /** False, changing nothing, where it is no more what it was. */
  reseal(to: Uint8Array): Promise<boolean>
}

/** A key that the vault seals beside the data keys. */
export interface SealedByMaster {
  sealed: Uint8Array
  /** What it is bound to. */
  context: string
  /** False, changing nothing, where it is no more what it was. */
  replace(to: Uint8Array): Promise<boolean>
}
