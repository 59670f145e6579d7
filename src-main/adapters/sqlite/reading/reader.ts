import type { Database } from 'better-sqlite3'
import { createAskedThread } from '../threads/asked-thread.ts'
import { prepareReads, type ReadAnswer, type ReadInput, type ReadName } from './reads.ts'

/** Reads that may take long, by a connection of their own, so that what delivers never waits for them. */
export interface Reader {
  /** What is committed by now. Throws `StoreUnavailableError`. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadAnswer<N>>
  close(): Promise<void>
}

/** What the thread is asked for. */
export interface Asked {
  id: number
  name: ReadName
  input: unknown
}

/** Reads at once, on a connection that is there and stays. */
export function createLocalReader(db: Database): Reader {
  const reads: { [N in ReadName]: (input: ReadInput<N>) => ReadAnswer<N> } = prepareReads(db)
  return {
    read: async (name, input) => reads[name](input),
    close: async () => {},
  }
}

/** Reads on a thread that begins with the first read and stays. `program` is the thread's file, `path` the database's. */
export function createThreadReader({ program, path }: { program: string; path: string }): Reader {
  const thread = createAskedThread({ program, path, ended: 'the reader ended' })
  return {
    async read<N extends ReadName>(name: N, input: ReadInput<N>) {
      return (await thread.ask({ name, input } satisfies Omit<Asked, 'id'>)) as ReadAnswer<N>
    },
    close: () => thread.close(),
  }
}
