/** The helper that every module for Node ends with. */
export const NODE_EQUAL = `/** Compares in a time that tells nothing about where two texts differ. */
function isEqual(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
`
