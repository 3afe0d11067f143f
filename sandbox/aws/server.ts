import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../parts.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import type { Outcome } from './outcome.ts';

export interface HttpEndpoint {
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startServer(
  clock: Clock,
  handle: (request: HttpRequest) => Promise<Outcome['answer']>,
): Promise<HttpEndpoint> {
  const server = createServer((incoming, response) => {
    readHttpRequest(incoming)
      .then(handle)
      .then((answer) => send(clock, response, answer))
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

/** Long enough for a caller that was killed to be gone: one that only sees its connection break would call again. */
const hangUpDelayMs = 200;

function send(clock: Clock, response: ServerResponse, answer: Outcome['answer']): void {
  if (answer === 'silence') return;
  if (answer === 'hangUp') {
    setTimeout(() => response.destroy(), hangUpDelayMs).unref();
    return;
  }
  // The real date would make SDK clients "correct" their clocks by the distance to the sandbox's.
  response.sendDate = false;
  response.writeHead(answer.status, {
    ...answer.headers,
    date: new Date(clock.now()).toUTCString(),
    ...(answer.status !== 204 && { 'content-length': Buffer.byteLength(answer.body) }),
  });
  response.end(answer.body);
}
