interface Address {
  host: string
  port: number
}

/** The address cannot be listened on; `hint` says what to do about it. */
export class ListenError extends Error {
  readonly port: number
  readonly hint: string

  constructor(message: string, { port, hint }: { port: number; hint: string }) {
    super(message)
    this.name = 'ListenError'
    this.port = port
    this.hint = hint
  }
}

/** The port belongs to another program, or to another user; another one would do. */
export class PortInUseError extends ListenError {
  override readonly name = 'PortInUseError'
}

/** Turns what the operating system answered into words; anything else comes back as it is. `owner`: who has the port. */
export function explainListenError(error: unknown, { host, port }: Address, owner: string | null = null): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortInUseError(`Port ${port} on ${host} is in use by ${owner ?? 'another program'}.`, {
        port,
        hint: 'Stop that program or choose another port; 0 takes a free one.',
      })
    case 'EACCES':
      return new PortInUseError(`Port ${port} on ${host} may not be used by this user.`, {
        port,
        hint: 'Choose another port, above 1023; 0 takes a free one.',
      })
    case 'EAFNOSUPPORT':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(`${host} is not an address of this machine.`, {
        port,
        hint: 'Listen on 127.0.0.1, or on an address that this machine has.',
      })
    default:
      return error
  }
}
