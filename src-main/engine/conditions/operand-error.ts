/** An operand that does not fit its operator; the message goes on from the operator's name. */
export class OperandError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OperandError'
  }
}
