import type { Aws, Clock, Deployment } from './parts.ts';

/** The parts of a world that a call from outside the stack needs. */
export interface Reachable {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly deployment: Deployment;
}

/** Options of a real client that signs as somebody outside the stack, on the sandbox's clock. */
export function clientOptionsOf({ aws, clock, deployment }: Reachable, principalArn: string) {
  return {
    region: deployment.region,
    endpoint: aws.endpoint,
    credentials: aws.credentialsForPrincipal(principalArn),
    systemClockOffset: clock.now() - Date.now(),
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  };
}
