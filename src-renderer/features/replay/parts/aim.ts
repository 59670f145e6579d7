/** Where a replay goes. */
export type Aim =
  | { kind: 'matching' }
  | { kind: 'chosen'; endpointIds: ReadonlySet<string> }
  | { kind: 'url'; url: string }

export function isAimed(aim: Aim): boolean {
  return aim.kind === 'matching' || (aim.kind === 'chosen' ? aim.endpointIds.size > 0 : aim.url !== '')
}

/** The aim as the API takes it. */
export function aimInput(aim: Aim): { endpointIds?: string[]; url?: string } {
  if (aim.kind === 'matching') return {}
  return aim.kind === 'chosen' ? { endpointIds: [...aim.endpointIds] } : { url: aim.url }
}
