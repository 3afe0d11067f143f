import { describeFaultAtEveryCall } from './faults/every-call.ts';

describeFaultAtEveryCall('serverError', 'before');
/** S3 and DynamoDB may have done what they answer an error for. */
describeFaultAtEveryCall('serverError', 'after');
