/** The path of a request target, also of one in absolute form (`http://host/in/…`); nothing is decoded. */
export function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/]*/i, '')
}

/** What follows `/in/<source>` in a captured path; empty where nothing does. */
export function pathBelowSource(path: string): string {
  return pathOf(path).replace(/^\/in\/[^/]+/, '')
}
