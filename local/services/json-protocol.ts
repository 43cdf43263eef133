/** AWS JSON 1.0: the operation in X-Amz-Target, JSON in and out, errors under `__type`. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from './service-error.ts';
import type { Answer, WireRequest } from './wire.ts';

/** `SendMessage` of `AmazonSQS.SendMessage`. Throws UnknownOperationException. */
export function jsonOperation(request: WireRequest): string {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  if (operation) return operation;
  throw new ServiceError('UnknownOperationException', 'The header X-Amz-Target names no operation');
}

/** Throws SerializationException. */
export function jsonInput<T>(request: WireRequest): T {
  try {
    return JSON.parse(request.body.toString('utf8') || '{}') as T;
  } catch {
    throw new ServiceError('SerializationException', 'The body is no JSON');
  }
}

export function jsonAnswer(output: object): Answer {
  return { status: 200, headers: jsonHeaders(), body: JSON.stringify(output) };
}

/** @param type shape of the error, such as `com.amazonaws.sqs#QueueDoesNotExist` */
export function jsonRefusal(error: ServiceError, type: string, headers: Record<string, string> = {}): Answer {
  return {
    status: error.status,
    headers: { ...jsonHeaders(), ...headers },
    body: JSON.stringify({ __type: type, message: error.message }),
    error: error.code,
  };
}

function jsonHeaders(): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() };
}
