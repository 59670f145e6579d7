/** A BLOB as the model has it: a plain `Uint8Array` on the same memory. */
export function toBytes(blob: Uint8Array): Uint8Array {
  return new Uint8Array(blob.buffer as ArrayBuffer, blob.byteOffset, blob.byteLength)
}
