/** Says who may be dialled. Each answer is a reason in plain words, or null where nothing speaks against it. */
export interface AddressGuard {
  /** A host as it stands in a URL, before any lookup: a name, or a literal address without brackets. */
  refuseHost(host: string, port: number): string | null
  /** An address that is about to be dialled. */
  refuseAddress(address: string, port: number): string | null
}
