export interface StatusAdvice {
  /** What the status says, as a sentence. */
  meaning: string
  nextStep: string
}

const KNOWN: Readonly<Record<number, StatusAdvice>> = {
  400: {
    meaning: 'It could not make sense of the request.',
    nextStep: 'Compare the payload with what the receiver’s handler expects, then Retry.',
  },
  401: {
    meaning: 'It did not accept the credentials or the signature.',
    nextStep: 'Check the endpoint’s signing secret, provider and Authorization header, then Retry.',
  },
  403: {
    meaning: 'It understood the request and refuses it: often a firewall, CSRF protection or a failed signature check.',
    nextStep: 'Exempt the webhook’s path from CSRF protection or correct the secret, then Retry.',
  },
  404: {
    meaning: 'It has nothing at this path.',
    nextStep: 'Correct the path in the endpoint’s URL, or add the route to the receiver, then Retry.',
  },
  405: {
    meaning: 'The path exists, but not for this method.',
    nextStep: 'Let the receiver’s route take the method that was sent, then Retry.',
  },
  408: {
    meaning: 'It waited too long for the request to arrive whole.',
    nextStep: 'Nothing by hand where more tries are left; look for a slow proxy in between if it recurs.',
  },
  409: {
    meaning: 'The request is at odds with what the receiver already holds.',
    nextStep: 'If it means “already handled”, let the receiver answer 200 to repeats.',
  },
  413: {
    meaning: 'The body is larger than it takes.',
    nextStep: 'Raise the body limit of the receiver or of the proxy before it, then Retry.',
  },
  415: {
    meaning: 'It does not take this content type.',
    nextStep: 'Let the receiver parse the Content-Type that was sent, or set another at the endpoint, then Retry.',
  },
  422: {
    meaning: 'It read the payload and found it invalid.',
    nextStep: 'Read the answer’s body for the field at fault, fix the receiver’s validation, then Retry.',
  },
  425: {
    meaning: 'It is not ready to handle a request that might be a repeat.',
    nextStep: 'Nothing by hand where more tries are left.',
  },
  500: {
    meaning: 'Its handler threw an error; its own log says which.',
    nextStep: 'Fix the receiver; Retry sends the same request at once.',
  },
  501: {
    meaning: 'It does not support the method.',
    nextStep: 'Let the receiver take the method that was sent, then Retry.',
  },
  502: {
    meaning: 'A proxy stands there, and the app behind it gave no valid answer.',
    nextStep: 'Check that the app behind the proxy or tunnel runs; Retry sends the same request at once.',
  },
  503: {
    meaning: 'It is overloaded or down for maintenance.',
    nextStep: 'Wait for the next attempt, or Retry once the receiver is up.',
  },
  504: {
    meaning: 'A proxy stands there, and the app behind it did not answer in time.',
    nextStep: 'Answer first and work later in the receiver; Retry sends the same request at once.',
  },
}

/** What an error status says and what to do about it. */
export function statusAdvice(status: number | null): StatusAdvice {
  const known = status === null ? undefined : KNOWN[status]
  if (known) return known
  return status !== null && status >= 500
    ? {
        meaning: 'The fault is on its side; its own log says which.',
        nextStep: 'Fix the receiver; Retry sends the same request at once.',
      }
    : { meaning: 'It rejects the request as it is.', nextStep: 'Fix the endpoint or the receiver, then Retry.' }
}
