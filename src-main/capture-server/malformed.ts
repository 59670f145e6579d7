/** What Node tells of a request that its parser refused. */
export interface ParserError extends NodeJS.ErrnoException {
  /** The bytes that it was reading, which need not begin with the request. */
  rawPacket?: Buffer
}

/** Why the parser refused a request. */
export interface Malformed {
  status: number
  /** In plain words, for the entry and the sender. */
  note: string
}

const NOTES: Readonly<Record<string, string>> = {
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'The chunk extensions are too large.',
  HPE_CLOSED_CONNECTION: 'More bytes came after a request that was to be the last of its connection.',
  HPE_CR_EXPECTED: 'A line ends with a bare line feed instead of CRLF.',
  HPE_HEADER_OVERFLOW: 'The headers, or the trailers, are larger than 64 KiB.',
  HPE_INVALID_CHUNK_SIZE: 'A chunk size is not a hexadecimal number.',
  HPE_INVALID_CONTENT_LENGTH: 'The Content-Length is not a number.',
  HPE_INVALID_EOF_STATE: 'The connection ended in the middle of the request.',
  HPE_INVALID_HEADER_TOKEN:
    'A header holds what it may not: a control character, a folded line, or a space before its colon.',
  HPE_INVALID_METHOD: 'The method is not one of HTTP.',
  HPE_INVALID_TRANSFER_ENCODING:
    'Its Transfer-Encoding is unknown, not the last one, or stands beside a Content-Length.',
  HPE_INVALID_URL: 'The path holds a character that it may not.',
  HPE_INVALID_VERSION: 'The first line does not end with an HTTP version and CRLF.',
  HPE_PAUSED_H2_UPGRADE: 'The sender spoke HTTP/2; this port speaks HTTP/1.1.',
  HPE_LF_EXPECTED: 'A carriage return stands alone, without its line feed.',
  HPE_STRICT: 'A line or a chunk does not end with CRLF where it should.',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'It has more than one Content-Length.',
}

const STATUSES: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413 }

/** A TLS record of the kind that opens a handshake. */
const TLS_HANDSHAKE = 0x16

/** Explains what the parser refused, by its error code and the bytes that it had. */
export function explainMalformed(code: string | undefined, firstBytes: Uint8Array): Malformed {
  if (firstBytes[0] === TLS_HANDSHAKE) {
    return { status: 400, note: 'The sender spoke TLS to a plain HTTP port: use http:// in its URL.' }
  }
  if (Buffer.from(firstBytes.subarray(0, 6)).toString('latin1') === 'PROXY ') {
    return { status: 400, note: 'A proxy sent a PROXY line, which this port does not take.' }
  }
  const note = NOTES[code ?? ''] ?? `The request is not valid HTTP (${code ?? 'unknown error'}).`
  return { status: STATUSES[code ?? ''] ?? 400, note }
}

/** The method and target that a broken request's first line still tells; empty where it is no request to a path. */
export function readFirstLine(firstBytes: Uint8Array): { method: string; target: string } {
  const line = Buffer.from(firstBytes).toString('latin1').split(/\r?\n/, 1)[0] ?? ''
  const match = /^([!-~]{1,32}) ((?:\/|https?:\/\/)[^ ]{0,8192})/i.exec(line)
  return { method: match?.[1] ?? '', target: match?.[2] ?? '' }
}
