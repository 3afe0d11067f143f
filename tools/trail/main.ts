import { leaveResult } from '../command-result.ts';
import { runTrail } from './run-trail.ts';

leaveResult(await runTrail(process.argv.slice(2)));
