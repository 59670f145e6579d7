import { EventType, UNTYPED_EVENT } from '#shared/model/event.ts'

/**
 * The type of an event whose sender calls it `name`: what types may not hold, such as the spaces of “Push Hook”, becomes an
 * underscore. `request` where there is no name, or nothing that could be one.
 */
export function eventTypeOf(name: string | null): string {
  const fitting = name?.replaceAll(/[^A-Za-z0-9_.:/-]+/g, '_').replace(/^[.:/-]+/, '')
  return EventType.safeParse(fitting).data ?? UNTYPED_EVENT
}
