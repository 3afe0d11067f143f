import { credentialScopeOf } from './http-request.ts';
import { type Handle, type HttpEndpoint, startServer } from './server.ts';

/**
 * One listener for the functions of every world of this process, so that an execution environment that moves on to the
 * next world keeps its endpoint. A request goes to the world that issued, or took over, the key that signed it.
 */
let listener: Promise<HttpEndpoint> | undefined;
const worlds = new Map<string, Handle>();

/** The URL that functions call. */
export async function sharedEndpoint(): Promise<string> {
  listener ??= startServer((request) => {
    const handle = worlds.get(credentialScopeOf(request)?.accessKeyId ?? '');
    return handle === undefined ? Promise.resolve('silence') : handle(request);
  });
  return (await listener).endpoint;
}

/** Stops listening, until a world asks for the endpoint again. */
export async function closeSharedEndpoint(): Promise<void> {
  const open = await listener;
  listener = undefined;
  await open?.close();
}

/** From now on requests that are signed with this key go to this world. */
export function routeKey(accessKeyId: string, handle: Handle): void {
  worlds.set(accessKeyId, handle);
}

/** A world has ended: requests that are signed with its keys are not answered any more. */
export function dropRoutes(handle: Handle): void {
  for (const [accessKeyId, routed] of worlds) if (routed === handle) worlds.delete(accessKeyId);
}
