import { Document, isScalar, visit } from 'yaml'

/** A configuration as a person keeps it in a repository. */
export function writeYaml(configuration: Readonly<Record<string, unknown>>, project: string | undefined): string {
  const document = new Document(configuration)
  document.commentBefore = ` The configuration of ${project === undefined ? 'a project' : `project ${project}`}. Check a change with: hookloop apply -f <this file> --dry-run
 It holds no secrets: { keep: true } is what the relay has, { env: NAME } a variable where it is applied.`
  visit(document, {
    // References read best on the line of their name.
    Map(_, map) {
      const [only, ...others] = map.items
      if (only && others.length === 0 && isScalar(only.key) && only.key.value === 'keep') map.flow = true
    },
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item))) list.flow = true
    },
  })
  return document.toString({ lineWidth: 120, flowCollectionPadding: true })
}
