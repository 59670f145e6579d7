/** Steps taken at start, undone in reverse at stop. */
export interface Closers {
  add(undo: () => Promise<void> | void): void
  /** Undoes everything, last first; goes on after a step that fails and then throws the first error. */
  close(): Promise<void>
}

export function createClosers(): Closers {
  const undoings: (() => Promise<void> | void)[] = []
  return {
    add(undo) {
      undoings.push(undo)
    },
    async close() {
      const errors: unknown[] = []
      for (let undo = undoings.pop(); undo; undo = undoings.pop()) {
        try {
          await undo()
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw errors[0]
    },
  }
}
