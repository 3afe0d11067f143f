import { subscribe } from 'node:diagnostics_channel';

/** Counts the HTTP requests in flight, and those of them that the sandbox has said it will never answer. */
export function watchRequests(changed) {
  const inFlight = new Set();
  const answered = new WeakSet();
  let neverAnswered = 0;

  subscribe('http.client.response.finish', ({ request }) => answered.add(request));
  subscribe('http.client.request.start', ({ request }) => {
    inFlight.add(request);
    request.once('close', () => {
      inFlight.delete(request);
      // One that ends without an answer is the one that the sandbox spoke of.
      if (!answered.has(request)) neverAnswered = Math.max(0, neverAnswered - 1);
      changed();
    });
  });

  return {
    /** True while an answer is still to come. */
    awaited: () => inFlight.size > neverAnswered,
    hung: () => neverAnswered > 0,
    oneIsNeverAnswered() {
      neverAnswered += 1;
      changed();
    },
  };
}
