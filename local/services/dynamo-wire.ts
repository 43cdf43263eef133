/** DynamoDB: what a call needs to be allowed, then passed on to the embedded one as it came. */
import { Agent, request as httpRequest } from 'node:http';
import { accessDenied, unknownCaller } from './authorize.ts';
import { dynamoGrants } from './dynamo-grants.ts';
import { jsonInput, jsonOperation, jsonRefusal } from './json-protocol.ts';
import { ServiceError } from './service-error.ts';
import { type Answer, bodyOf, type WireRequest, type WireService } from './wire.ts';

/** @param endpoint base URL of the embedded DynamoDB */
export function dynamoWire(endpoint: string): WireService & { close(): void } {
  const agent = new Agent({ keepAlive: true });
  return {
    read(request) {
      const action = jsonOperation(request);
      return {
        action,
        grants: dynamoGrants(action, jsonInput(request)),
        carryOut: () => pass(request, endpoint, agent),
      };
    },
    refuse(error) {
      const shape = shapes[error.code] ?? error.code;
      return jsonRefusal(
        { ...error, message: error.message, status: 400 },
        `com.amazon.coral.service#${shape}`,
      );
    },
    close: () => agent.destroy(),
  };
}

const shapes: Readonly<Record<string, string>> = {
  [accessDenied]: 'AccessDeniedException',
  [unknownCaller]: 'UnrecognizedClientException',
};

async function pass(request: WireRequest, endpoint: string, agent: Agent): Promise<Answer> {
  const { headers, body } = request;
  const passed = {
    'content-type': headers['content-type'],
    'x-amz-target': headers['x-amz-target'],
    authorization: headers.authorization,
    'x-amz-date': headers['x-amz-date'],
    'content-length': body.length,
  };
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(endpoint, { method: 'POST', agent, headers: passed }, async (response) => {
      const status = response.statusCode ?? 500;
      const answered = await bodyOf(response).catch(reject);
      if (answered)
        resolve({
          status,
          headers: answerHeaders(response.headers),
          body: answered,
          ...(status >= 400 && { error: errorCode(answered) }),
        });
    });
    outgoing.on('error', (cause) => reject(noAnswer(cause)));
    outgoing.end(body);
  });
}

function answerHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => /^(content-type|x-amz.*)$/.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function errorCode(body: Buffer): string {
  return /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(body.toString('utf8'))?.[1] ?? 'UnknownError';
}

/** 500: the SDK clients try again, as they do when AWS has trouble. */
function noAnswer(cause: Error): ServiceError {
  return new ServiceError(
    'InternalServerError',
    `The embedded DynamoDB does not answer: ${cause.message}`,
    500,
  );
}
