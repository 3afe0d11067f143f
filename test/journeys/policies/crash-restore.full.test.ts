import { everyRestoring } from './crash-acts.ts';
import { describeCrashesOf } from './crash-matrix.ts';

/** Up to the session it is the same code as of unlocking, where that part is walked: `faults-crash.test.ts`. */
describeCrashesOf(everyRestoring, () => false);
