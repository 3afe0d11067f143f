import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import type { Outcome } from './outcome.ts';

export interface HttpEndpoint {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Takes a request to its answer. */
export type Handle = (request: HttpRequest) => Promise<Outcome['answer']>;

export async function startServer(handle: Handle): Promise<HttpEndpoint> {
  const server = createServer((incoming, response) => {
    readHttpRequest(incoming)
      .then(handle)
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, answer: Outcome['answer']): void {
  if (answer === 'silence') return;
  if (answer === 'hangUp') {
    response.destroy();
    return;
  }
  // By the date of an answer SDK clients "correct" their clocks, and beyond 240 s they take every error for a matter
  // of clocks and repeat the call: without a date they leave their clocks alone.
  response.sendDate = false;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.status !== 204 && { 'content-length': Buffer.byteLength(answer.body) }),
  });
  response.end(answer.body);
}
