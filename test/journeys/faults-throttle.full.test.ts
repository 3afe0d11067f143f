import { describeFaultAtEveryCall } from './faults/every-call.ts';

/** A throttled call has no effect: there is no "after". */
describeFaultAtEveryCall('throttle', 'before');
