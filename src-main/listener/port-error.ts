/** The address cannot be listened on; `hint` says what to do about it. */
export class PortInUseError extends Error {
  readonly port: number
  readonly hint: string

  constructor(port: number, message: string, hint: string) {
    super(message)
    this.name = 'PortInUseError'
    this.port = port
    this.hint = hint
  }
}

/** Turns what the operating system answered into words; anything else comes back as it is. */
export function explainListenError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortInUseError(
        port,
        `Port ${port} on ${host} is in use by another program.`,
        'Stop that program or choose another port; 0 takes a free one.',
      )
    case 'EACCES':
      return new PortInUseError(
        port,
        `Port ${port} on ${host} may not be used by this user.`,
        'Choose a port above 1023; 0 takes a free one.',
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortInUseError(
        port,
        `${host} is not an address of this machine.`,
        'Listen on 127.0.0.1, or on an address that this machine has.',
      )
    default:
      return error
  }
}
