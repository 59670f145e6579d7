/** Tells changes to whoever listens, at once and in order. Listeners must be quick and must not throw. */
export interface Feed<T> {
  publish(change: T): void
  /** The returned function ends it. */
  subscribe(listener: (change: T) => void): () => void
}

export function createFeed<T>(): Feed<T> {
  const listeners = new Set<(change: T) => void>()
  return {
    publish(change) {
      for (const listener of listeners) listener(change)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
