import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { currentProject, showProject } from '../../platform/current-project.ts'

/** A route of the window and nothing else. */
const PLACE = /^\/[a-z-]+(?:\/[\w.-]+)*$/

/** Turns to a place of a project that may not be the one that is shown: where a notification leads. */
export function GoScreen() {
  const { history } = useRouter()
  const { project, to = '' } = useSearch({ from: '/go' })
  useEffect(() => {
    if (project !== undefined && project !== currentProject.get()) showProject(project)
    history.replace(PLACE.test(to) ? to : '/inbox')
  }, [history, project, to])
  return null
}
