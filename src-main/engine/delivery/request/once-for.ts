/** Makes a value once for two objects that do not change, and keeps it as long as both are there. */
export function onceFor<A extends object, B extends object, V>(make: (one: A, other: B) => V): (one: A, other: B) => V {
  const made = new WeakMap<A, WeakMap<B, V>>()
  return (one, other) => {
    let ofOne = made.get(one)
    if (!ofOne) made.set(one, (ofOne = new WeakMap()))
    const known = ofOne.get(other)
    if (known !== undefined) return known
    const value = make(one, other)
    ofOne.set(other, value)
    return value
  }
}
