import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bookmark, Boxes, FileJson, Globe, Search, Send, Settings, Target, Workflow } from 'lucide-react'
import { useState } from 'react'
import { quoted } from '#shared/model/filter/language/split-filter.ts'
import { useCaller, useMay } from '../../platform/api/caller.ts'
import { useApi } from '../../platform/api/session.ts'
import { useSavedFilters } from '../../platform/filter/use-saved-filters.ts'
import { useOpenProject } from '../top-bar/use-open-project.ts'
import { actionGroups } from './action-entries.ts'
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts'
import { LAST } from './rank.ts'
import { mayShow } from '../../features/settings/section-needs.ts'
import { SETTINGS_PLACES, type SettingsPlace } from '../../features/settings/settings-places.ts'

function entry(parts: Pick<PaletteEntry, 'id' | 'name' | 'icon' | 'run'> & Partial<PaletteEntry>): PaletteEntry {
  return { words: [], hint: null, keys: null, blocked: null, ...parts }
}

/** What the palette offers for the words that are typed; things of the project only once there are words. */
export function useEntries(words: string): readonly PaletteGroup[] {
  // As things stood when it was opened: it lies over them.
  const [actions] = useState(actionGroups)
  const things = useThings()
  const settings = useSettings()
  const direct = useDirect(words)
  return words === '' ? actions : [...actions, settings, ...things, direct]
}

/** Endpoints, sources, saved filters, workflows, event types and projects, by name. */
function useThings(): readonly PaletteGroup[] {
  const api = useApi()
  const navigate = useNavigate()
  const openProject = useOpenProject()
  const may = {
    endpoints: useMay('endpoints:read'),
    sources: useMay('sources:read'),
    workflows: useMay('workflows:read'),
    catalog: useMay('catalog:read'),
  }
  const endpoints = useQuery(api.endpoints.list.queryOptions({ input: {}, enabled: may.endpoints })).data?.items ?? []
  const sources = useQuery(api.sources.list.queryOptions({ input: {}, enabled: may.sources })).data?.items ?? []
  const workflows = useQuery(api.workflows.list.queryOptions({ input: {}, enabled: may.workflows })).data?.items ?? []
  const providers =
    useQuery(api.catalog.providers.list.queryOptions({ input: {}, enabled: may.catalog })).data?.items ?? []
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const filters = useSavedFilters()
  return [
    {
      title: 'Endpoints',
      entries: endpoints.map(({ id, name, url }) =>
        entry({
          id,
          name,
          words: [url],
          hint: url,
          icon: Target,
          run: () => void navigate({ to: '/endpoints/$endpointId', params: { endpointId: id } }),
        }),
      ),
    },
    {
      title: 'Sources',
      entries: sources.map(({ id, name, slug }) =>
        entry({
          id,
          name,
          words: [slug],
          hint: `/${slug}`,
          icon: Globe,
          run: () => void navigate({ to: '/sources/$sourceId', params: { sourceId: id } }),
        }),
      ),
    },
    {
      title: 'Saved filters',
      entries: filters.map(({ id, name, subject, filter }) =>
        entry({
          id,
          name,
          words: [filter],
          hint: `${subject === 'events' ? 'Inbox' : 'Deliveries'}: ${filter}`,
          icon: Bookmark,
          run: () => void navigate({ to: subject === 'events' ? '/inbox' : '/deliveries', search: { filter } }),
        }),
      ),
    },
    {
      title: 'Workflows',
      entries: workflows.map(({ name }) =>
        entry({
          id: `workflow ${name}`,
          name,
          icon: Workflow,
          run: () => void navigate({ to: '/workflows/$workflow', params: { workflow: name } }),
        }),
      ),
    },
    {
      title: 'Event types',
      entries: providers.flatMap(({ id: provider, name: providerName, eventTypes }) =>
        eventTypes.map(({ name }) =>
          entry({
            id: `type ${provider} ${name}`,
            name,
            words: [providerName],
            hint: providerName,
            icon: FileJson,
            run: () => void navigate({ to: '/catalog/$provider/$type', params: { provider, type: name } }),
          }),
        ),
      ),
    },
    {
      title: 'Projects',
      entries: projects.map(({ id, name, slug }) =>
        entry({ id, name: `Project ${name}`, words: [slug], hint: slug, icon: Boxes, run: () => openProject(slug) }),
      ),
    },
  ]
}

function useSettings(): PaletteGroup {
  const navigate = useNavigate()
  const caller = useCaller()
  const places: readonly SettingsPlace[] = SETTINGS_PLACES
  return {
    title: 'Settings',
    entries: places
      .filter(({ needs }) => mayShow(caller, needs))
      .map(({ id, name }) =>
        entry({
          id: `settings ${id}`,
          name,
          words: ['settings'],
          hint: 'Settings',
          icon: Settings,
          run: () => void navigate({ to: '/settings/$section', params: { section: id } }),
        }),
      ),
  }
}

/** What the words themselves name: an id to be opened, and always a text to be looked for. */
function useDirect(words: string): PaletteGroup {
  const navigate = useNavigate()
  const found: PaletteEntry[] = []
  if (words.startsWith('evt_'))
    found.push(
      entry({
        id: words,
        name: `Open the event ${words}`,
        icon: Search,
        run: () => void navigate({ to: '/inbox/$eventId', params: { eventId: words } }),
      }),
    )
  if (words.startsWith('dlv_'))
    found.push(
      entry({
        id: words,
        name: `Open the delivery ${words}`,
        icon: Send,
        run: () => void navigate({ to: '/deliveries/$deliveryId', params: { deliveryId: words } }),
      }),
    )
  found.push(
    entry({
      id: `${LAST}${words}`,
      name: `Find events that hold “${words}”`,
      icon: Search,
      run: () => void navigate({ to: '/inbox', search: { filter: quoted({ text: words, isQuoted: true }) } }),
    }),
  )
  return { title: 'Inbox', entries: found }
}
