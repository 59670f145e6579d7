import { z } from 'zod'
import { networkList } from '../../listener/client-address.ts'

const LOOPBACK: Readonly<Record<string, string>> = { localhost: '127.0.0.1', '127.0.0.1': '127.0.0.1', '::1': '::1' }

/** A number also where it is written as text, as flags and variables are. */
const whole = (least: number, most: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ],
      `must be a whole number from ${least} to ${most}`,
    )
    .refine((number) => Number.isInteger(number) && number >= least && number <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
const text = z.string('must be text').trim().min(1, 'must not be empty')
/** A list, or its entries with commas between them. */
const list = z
  .union([z.array(text), text.transform((all) => all.split(',').map((each) => each.trim()))], 'must be a list of texts')
  .default([])
const networks = list.refine(isNetworks, {
  error: 'must be addresses or networks, such as 10.0.0.0/8, 192.168.1.7 or fd00::/8',
})
const origin = z
  .string('must be text')
  .refine((url) => /^https?:\/\/[^/?#@]+\/?$/i.test(url) && URL.canParse(url), {
    error: 'must be an http or https address without a path, such as https://hooks.example.com',
  })
  .transform((url) => new URL(url).origin)

/** What a relay is told, under the names that a file has; each can be a flag and a variable, too. */
export const Fields = z.strictObject({
  data: text.optional(),
  keyFile: text.optional(),
  host: text.transform((host) => LOOPBACK[host] ?? host).default('127.0.0.1'),
  port: whole(0, 65_535).default(4780),
  capturePort: whole(0, 65_535).default(4781),
  mode: z.enum(['local', 'team'], 'must be local or team').optional(),
  publicUrl: origin.optional(),
  capturePublicUrl: origin.optional(),
  allowedHosts: list,
  trustedProxies: networks,
  tlsCert: text.optional(),
  tlsKey: text.optional(),
  allowPrivate: networks,
  keyQuotaPerMinute: whole(1, 1_000_000).optional(),
  tracesUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL, such as http://127.0.0.1:4318' })
    .optional(),
  graceSeconds: whole(0, 3_600).default(10),
})
export type Fields = z.output<typeof Fields>
export type FieldName = keyof Fields

/** How each is named on a command line, and what it is for. */
export const FLAGS: Readonly<Record<FieldName, readonly [flag: string, description: string]>> = {
  data: ['--data <dir>', 'where everything is kept'],
  keyFile: ['--key-file <file>', 'the master key that seals the secrets, outside the data directory'],
  host: ['--host <address>', 'the address to listen on; beyond this machine it is team mode (default: 127.0.0.1)'],
  port: ['--port <number>', 'for the window and the API; 0 takes a free one (default: 4780)'],
  capturePort: ['--capture-port <number>', 'for senders; 0 takes a free one (default: 4781)'],
  mode: ['--mode <mode>', 'local: this machine only; team: keys for everybody, and no delivery to private addresses'],
  publicUrl: ['--public-url <url>', 'how people reach the window and the API, such as https://hooks.example.com'],
  capturePublicUrl: ['--capture-public-url <url>', 'how senders reach it (default: the public URL)'],
  allowedHosts: ['--allowed-hosts <hosts>', 'further names that it answers to, with commas between them'],
  trustedProxies: ['--trusted-proxies <networks>', 'whose X-Forwarded-For counts, such as 172.16.0.0/12'],
  tlsCert: ['--tls-cert <file>', 'a certificate with its chain (PEM), to speak TLS without a proxy'],
  tlsKey: ['--tls-key <file>', 'its key (PEM)'],
  allowPrivate: ['--allow-private <networks>', 'private networks that deliveries may reach in team mode'],
  keyQuotaPerMinute: ['--key-quota-per-minute <number>', 'requests a minute of a key that has no quota of its own'],
  tracesUrl: ['--traces-url <url>', 'of a collector that gets traces by OTLP over HTTP; none unless given'],
  graceSeconds: ['--grace-seconds <number>', 'how long deliveries under way may take at a stop (default: 10)'],
}

/** `publicUrl` is `HOOKLOOP_PUBLIC_URL`. */
export function variableOf(name: FieldName): string {
  return `HOOKLOOP_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** `publicUrl` is `--public-url`. */
export function flagOf(name: FieldName): string {
  return FLAGS[name][0].split(' ')[0]!
}

function isNetworks(networks: readonly string[]): boolean {
  try {
    networkList(networks)
    return true
  } catch {
    return false
  }
}
