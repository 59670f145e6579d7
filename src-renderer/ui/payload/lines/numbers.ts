/** A list of whole numbers that grows, in a block of memory that can be handed to another thread. */
export class Numbers {
  #values = new Int32Array(1_024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(2 * this.length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  pop(): number {
    return this.#values[--this.length] ?? 0
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  set(index: number, value: number): void {
    this.#values[index] = value
  }

  /** Those that were pushed; to be called once. */
  done(): Int32Array<ArrayBuffer> {
    return this.#values.slice(0, this.length)
  }
}

/** The index of the last number that is not above `value`, of numbers in ascending order; -1 where all are. */
export function lastNotAbove(numbers: Int32Array, value: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
