import { useNavigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'

/**
 * Navigates for a screen, as long as it is still the one that the person wants to see: an answer that comes after they went
 * elsewhere does not fetch them back.
 */
export function useNavigateUnlessLeft(): ReturnType<typeof useNavigate> {
  const router = useRouter()
  const navigate = useNavigate()
  const screenNow = (): string => router.latestLocation.pathname.split('/')[1] ?? ''
  const [screen] = useState(screenNow)
  return ((options) => (screenNow() === screen ? navigate(options) : Promise.resolve())) as typeof navigate
}
