import { closeSharedEndpoint } from '../../sandbox/aws/shared-endpoint.ts';
import { sourceMapsVariable } from '../../sandbox/lambda/execution-environment.ts';
import { endWarmWorkers, keepWorkersWarm } from '../../sandbox/lambda/warm-workers.ts';

/** The worlds of one test file share the execution environments of their functions. */
keepWorkersWarm();
process.env[sourceMapsVariable] = 'off';
afterAll(async () => {
  await endWarmWorkers();
  await closeSharedEndpoint();
});
