import { describeFaultAtEveryCall } from './faults/every-call.ts';

describeFaultAtEveryCall('timeout', 'before');
/** The answer is lost, not the effect. */
describeFaultAtEveryCall('timeout', 'after');
