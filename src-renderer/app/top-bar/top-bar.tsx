import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Keyboard, Search } from 'lucide-react'
import { useApi } from '../../platform/api/session.ts'
import { keyFace } from '../../platform/actions/keys.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { IconButton } from '../../ui/controls/button.tsx'
import { CopyButton } from '../../ui/controls/copy-button.tsx'
import { Kbd } from '../../ui/controls/kbd.tsx'
import { captureSource } from './capture-source.ts'
import { LiveState } from './live-state.tsx'
import { ProjectMenu } from './project-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import { TimeScaleMenu } from './time-scale-menu.tsx'

export function TopBar() {
  return (
    <header className="flex min-w-0 items-center gap-2.5 border-b border-line px-3">
      <ProjectMenu />
      <CaptureAddress />
      <LiveState />
      <span className="grow" />
      <TimeScaleMenu />
      <button
        type="button"
        onClick={() => openOverlay({ kind: 'palette' })}
        className="flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line bg-panel px-2 text-muted hover:text-text"
      >
        <Search aria-hidden="true" size={13} />
        <span className="sr-only">Find a place or an action</span>
        <Kbd>{keyFace('mod+k')}</Kbd>
      </button>
      <ThemeMenu />
      <IconButton label="Keyboard shortcuts (?)" onClick={() => openOverlay({ kind: 'shortcuts' })}>
        <Keyboard size={15} strokeWidth={1.75} />
      </IconButton>
    </header>
  )
}

/** The address that a sender is given. */
function CaptureAddress() {
  const { data, isError } = useQuery(useApi().sources.list.queryOptions({ input: {} }))
  if (isError && data === undefined) return null
  if (data === undefined) return <span className="h-7.5 w-58 rounded-md bg-panel" />
  const source = captureSource(data.items)
  if (source === undefined) {
    return (
      <Link to="/sources/$sourceId" params={{ sourceId: 'new' }} className="text-accent">
        Create a source to get a capture address
      </Link>
    )
  }
  const { host, pathname } = new URL(source.captureUrl)
  return (
    <div className="mono flex h-7.5 min-w-0 items-center gap-2 rounded-md border border-line bg-panel pr-0.5 pl-2.5 text-muted">
      <span className="truncate" title={source.captureUrl}>
        {host}
        <b className="font-medium text-text">{pathname}</b>
      </span>
      <CopyButton text={source.captureUrl} label="Copy the capture address" />
    </div>
  )
}
