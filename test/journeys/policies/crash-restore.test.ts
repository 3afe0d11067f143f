import { everyRestoring } from './crash-acts.ts';
import { describeCrashesOf } from './crash-matrix.ts';

/** Up to the session both services have the same code: that part is walked once. */
describeCrashesOf(everyRestoring, (act) => act === everyRestoring[0]);
