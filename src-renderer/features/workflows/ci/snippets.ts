const api = (origin: string, path: string, project: string) =>
  `${origin}/api/v1${path}${project === 'default' ? '' : `?project=${project}`}`

/** A command that defines a first workflow. */
export function defineCommand(origin: string, project: string): string {
  return `curl -X PUT '${api(origin, '/workflows/checkout', project)}' \\
  -H "Authorization: Bearer $HOOKLOOP_TOKEN" \\
  -H 'Content-Type: application/json' -d '{
  "targets": [{"url": "http://localhost:3000/webhooks"}],
  "events": [{"type": "order.paid", "data": {"total": 42}}]
}'`
}

/** A command that starts a run. */
export function startCommand(origin: string, project: string, workflow: string): string {
  return `curl -X POST '${api(origin, `/workflows/${workflow}/runs`, project)}' \\
  -H "Authorization: Bearer $HOOKLOOP_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"trigger": "ci"}'`
}

/** A job of GitHub Actions that starts a run and waits for its end. It fails where a target did. */
export function actionsJob(origin: string, project: string, workflow: string): string {
  const runs = api(origin, `/workflows/${workflow}/runs`, project)
  const [address, query = ''] = runs.split('?')
  return `# .github/workflows/${workflow}.yml
name: ${workflow}
on: [push]
jobs:
  webhooks:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - name: Run the workflow and wait
        env:
          # An API key with the scopes workflows:run and workflows:read
          HOOKLOOP_KEY: \${{ secrets.HOOKLOOP_KEY }}
        run: |
          ask() { curl -sS --fail-with-body -H "Authorization: Bearer $HOOKLOOP_KEY" "$@"; }
          id=$(ask -H 'Content-Type: application/json' -d '{"trigger": "ci"}' '${runs}' | jq -r .batch_run_id)
          while run=$(ask "${address}/$id${query === '' ? '' : `?${query}`}"); do
            echo "$run" | jq -r '"\\(.status) \\(.progress_percentage) %"'
            [ "$(echo "$run" | jq -r .status)" = running ] || break
            sleep 2
          done
          echo "$run" | jq -r '.trace[] | "\\(.outcome) \\(.url) \\(.lastStatus // "")"'
          [ "$(echo "$run" | jq -r .status)" = succeeded ]`
}

export function cliCommand(project: string, workflow: string): string {
  return `hookloop run ${workflow}${project === 'default' ? '' : ` --project ${project}`}`
}
