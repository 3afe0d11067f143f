import * as z from 'zod';

/** How digests of the trail are locked. Source of the limits: S3 API reference, "DefaultRetention". */
export const digests = z.strictObject(
  {
    mode: z
      .enum(['GOVERNANCE', 'COMPLIANCE'], 'expected GOVERNANCE or COMPLIANCE')
      .default('GOVERNANCE')
      .meta({
        description:
          'COMPLIANCE: nobody, root included, can shorten the lock or delete a digest before its time.',
      }),
    retentionDays: z
      .int('expected a whole number of days, for example 365')
      .min(1, 'expected at least 1')
      .max(36_500, 'expected at most 36500')
      .default(365),
  },
  'expected how digests are kept, for example {"mode": "GOVERNANCE", "retentionDays": 365}',
);
