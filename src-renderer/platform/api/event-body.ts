import type { Session } from './session.ts'

/** The bytes of an event's body, which never change. */
export function eventBodyOptions(api: Session['api'], id: string) {
  return {
    queryKey: [...api.events.body.queryKey({ input: { id } }), 'bytes'],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const file = await api.events.body.call({ id }, { signal })
      return new Uint8Array(await file.arrayBuffer())
    },
    // A body may be large: let it go soon after its pane closes.
    gcTime: 30_000,
  }
}
