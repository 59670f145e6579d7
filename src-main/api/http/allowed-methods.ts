import { traverseContractProcedures } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'

/** Which methods a REST path (without the prefix) is answered with; none where there is no such path. */
export function createAllowedMethods(): (path: string) => readonly string[] {
  const routes: { method: string; pattern: RegExp }[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
    const { method, path } = procedure['~orpc'].route
    if (method && path) routes.push({ method, pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`) })
  })
  return (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
}
