import { decodeUtf8 } from '../../../ui/payload/body-kind.ts'
import { base64 } from '../../../platform/browser/base64.ts'
import { isPrintableAscii, type Command, type CommandRequest } from './command-request.ts'

/** Headers of the content, which .NET keeps apart from those of the request. */
const OF_CONTENT = /^(?:content-.*|allow|expires|last-modified)$/i

/** In single quotes nothing but a quote means anything to PowerShell; it takes curly ones for quotes too. */
export function powershellText(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

/**
 * For Windows PowerShell and PowerShell 7. One block, so that pasted lines run together; the request is built by .NET,
 * whose header rules and bytes do not depend on how either version hands words to programs.
 */
export function powershellCommand({ method, url, headers, body }: CommandRequest): Command {
  const hasContent = body.length > 0 || headers.some(([name]) => OF_CONTENT.test(name))
  const add = (place: string, [name, value]: readonly [string, string]) =>
    `  [void]$request.${place}.TryAddWithoutValidation(${powershellText(name)}, ${powershellText(value)})`
  const lines = [
    '& {',
    '  Add-Type -AssemblyName System.Net.Http',
    `  $request = New-Object System.Net.Http.HttpRequestMessage(${powershellText(method)}, ${powershellText(url)})`,
    ...(hasContent
      ? [
          `  $body = ${bytesOf(body)}`,
          '  $request.Content = New-Object System.Net.Http.ByteArrayContent(, [byte[]]$body)',
        ]
      : []),
    ...headers.map((header) => add(OF_CONTENT.test(header[0]) ? 'Content.Headers' : 'Headers', header)),
    '  (New-Object System.Net.Http.HttpClient).SendAsync($request).Result',
    '}',
  ]
  return { text: lines.join('\n'), readsFile: false }
}

function bytesOf(body: Uint8Array): string {
  const text = decodeUtf8(body)
  if (text !== null && isPrintableAscii(text)) return `[Text.Encoding]::ASCII.GetBytes(${powershellText(text)})`
  return `[Convert]::FromBase64String(${powershellText(base64(body))})`
}
