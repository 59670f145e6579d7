import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useSession } from '../../platform/api/session.ts'
import { useCaller } from '../../platform/api/caller.ts'
import { mayShow } from './section-needs.ts'
import { SECTIONS, type SettingsSection } from './sections.ts'

export function SettingsScreen() {
  const { section: id } = useParams({ strict: false })
  const { api, project } = useSession()
  const projects = useQuery(api.projects.list.queryOptions()).data?.items ?? []
  const caller = useCaller()
  const sections = SECTIONS.filter(({ needs }) => mayShow(caller, needs))
  const shown = sections.find((section) => section.id === id) ?? sections[0]!
  const { name, Content } = shown
  return (
    <div className="grid min-h-0 grow grid-cols-[180px_minmax(0,1fr)] max-lg:grid-cols-[150px_minmax(0,1fr)]">
      <nav aria-label="Settings" className="flex flex-col gap-px overflow-y-auto border-r border-line px-2 py-3">
        <Group
          title={`Project ${projects.find(({ slug }) => slug === project)?.name ?? project}`}
          of="project"
          sections={sections}
          shown={shown}
        />
        <Group title="Installation" of="installation" sections={sections} shown={shown} />
      </nav>
      <div className="overflow-y-auto px-6 py-5">
        <section aria-label={name} className="flex max-w-180 flex-col gap-5">
          <h2 className="text-title font-semibold">{name}</h2>
          <Content key={shown.id} />
        </section>
      </div>
    </div>
  )
}

function Group({
  title,
  of,
  sections,
  shown,
}: {
  title: string
  of: SettingsSection['of']
  sections: readonly SettingsSection[]
  shown: SettingsSection
}) {
  const ours = sections.filter((section) => section.of === of)
  if (ours.length === 0) return null
  return (
    <div className="mb-3 flex flex-col gap-px">
      <h3 className="truncate px-2 pb-1 text-mini text-faint">{title}</h3>
      {ours.map(({ id, name }) => (
        <Link
          key={id}
          to="/settings/$section"
          params={{ section: id }}
          aria-current={id === shown.id ? 'page' : undefined}
          className="rounded-md px-2 py-[5px] text-muted hover:text-text aria-[current=page]:bg-raise aria-[current=page]:text-text"
        >
          {name}
        </Link>
      ))}
    </div>
  )
}
