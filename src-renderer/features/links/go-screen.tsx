import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'

/** A route of the window and nothing else. */
const PLACE = /^\/[a-z-]+(?:\/[\w.-]+)*$/

/** Turns to a place of a project that may not be the one that is shown: where a notification leads. */
export function GoScreen() {
  const { history } = useRouter()
  const { project, to = '' } = useSearch({ from: '/go' })
  useEffect(() => {
    const place = PLACE.test(to) ? to : '/inbox'
    history.replace(project === undefined ? place : `${place}?${new URLSearchParams({ in: project })}`)
  }, [history, project, to])
  return null
}
