/**
 * A refusal as AWS words it. `code` is the service's own error code (`InvalidParameter`,
 * `AWS.SimpleQueueService.NonExistentQueue`); the protocol that carries it decides its form on the wire.
 */
export class ServiceError extends Error {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}
