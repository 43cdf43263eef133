/** An SNS that answers as it is told to, and keeps what it was asked. For what no real one does on demand. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FakeSns {
  /** The parameters of each call, oldest first. */
  readonly calls: URLSearchParams[];
  /** How calls of an action are answered from now on. */
  answer(action: string, answer: Answer): void;
  stop(): void;
}

/** XML inside the action's result, an error of SNS, or nothing at all. */
export type Answer =
  | { readonly result: string }
  | { readonly status: number; readonly code: string; readonly message?: string }
  | 'hang-up';

/** Sets the endpoint of the SDK's SNS clients that are made afterwards. */
export async function startFakeSns(): Promise<FakeSns> {
  const calls: URLSearchParams[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer(async (request, response) => {
    const call = new URLSearchParams(await text(request));
    calls.push(call);
    const action = call.get('Action')!;
    respond(response, action, answers.get(action) ?? { result: '<MessageId>m</MessageId>' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL_SNS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    calls,
    answer: (action, answer) => void answers.set(action, answer),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function respond(response: ServerResponse, action: string, answer: Answer): void {
  if (answer === 'hang-up') {
    response.destroy();
    return;
  }
  response.setHeader('content-type', 'text/xml');
  if ('result' in answer) {
    const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
    const result = `<${action}Result>${answer.result}</${action}Result>`;
    response.end(`<${action}Response xmlns="${namespace}">${result}</${action}Response>`);
    return;
  }
  const { status, code, message = '' } = answer;
  response.statusCode = status;
  response.end(
    `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
}
