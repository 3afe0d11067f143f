import { closeSharedEndpoint } from '../../sandbox/aws/shared-endpoint.ts';
import { sourceMapsVariable } from '../../sandbox/lambda/execution-environment.ts';
import { endWarmWorkers, keepWorkersWarm } from '../../sandbox/lambda/warm-workers.ts';

process.env[sourceMapsVariable] = 'off';
// The worlds of one file of journeys share execution environments. The sandbox's own tests start each anew: their
// functions count in memory.
if (expect.getState().testPath?.includes('/test/journeys/')) keepWorkersWarm();
afterAll(async () => {
  await endWarmWorkers();
  await closeSharedEndpoint();
});
