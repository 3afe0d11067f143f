/**
 * What every SDK client is made with. Without these a call may hang for 300 seconds, longer than a function lives, and
 * `requestTimeout` alone only warns (measured with @smithy/node-http-handler).
 */
export const clientDefaults = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;
