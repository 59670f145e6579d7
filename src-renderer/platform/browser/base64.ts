/** So many at a time, as `fromCharCode` takes no more arguments. */
const AT_ONCE = 32_768

export function base64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += AT_ONCE)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + AT_ONCE)))
  return btoa(pieces.join(''))
}
