import { everyRepair } from './crash-acts.ts';
import { describeCrashesOf } from './crash-matrix.ts';

/** Up to the session it is the run of an unlocking, whose crashes are played in `faults-crash.test.ts`. */
describeCrashesOf(everyRepair, () => false);
