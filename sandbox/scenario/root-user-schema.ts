import * as z from 'zod';
import { longAgo } from '../aws/root-user.ts';

const text = (example: string, pattern: RegExp) => {
  const expected = `expected text, for example "${example}"`;
  return z.string(expected).regex(pattern, expected);
};

export const accessKeyId = text('AKIAIOSFODNN7EXAMPLE', /^\w{1,128}$/);
export const certificateId = text('TA7SMP42TDN5Z26OBPJE7EXAMPLE', /^\w{1,128}$/);
export const mfaSerialNumber = text(
  'arn:aws:iam::156041421443:mfa/root-account-mfa-device',
  /^[\w+=/:,.@-]{1,256}$/,
);

const time = z.iso.datetime({ offset: true, error: 'expected a time, for example "2026-11-20T10:00:00Z"' });
const status = z.enum(['Active', 'Inactive', 'Expired'], 'expected Active, Inactive or Expired');

/** A list in which nothing is there twice, by its id or serial number. */
const distinct = <Shape extends z.core.$ZodLooseShape>(shape: Shape, key: keyof Shape & string) =>
  z
    .array(z.strictObject(shape, 'expected an object'), 'expected a list')
    .refine((list) => new Set(list.map((one: Record<string, unknown>) => one[key])).size === list.length, {
      error: `expected each ${key} once`,
    })
    .default([]);

/** What the root user of an account has. Times that are not given are long before any story. */
export const rootUser = z.strictObject(
  {
    password: z
      .strictObject(
        { createdAt: time.default(longAgo), lastUsedAt: time.optional() },
        'expected an object, {} for a password of which nothing is known',
      )
      .optional(),
    accessKeys: distinct(
      {
        id: accessKeyId,
        status: status.default('Active'),
        createdAt: time.default(longAgo),
        lastUsedAt: time.optional(),
        lastUsedService: z.string('expected text, for example "s3"').optional(),
        lastUsedRegion: z.string('expected text, for example "eu-north-1"').optional(),
      },
      'id',
    ),
    mfaDevices: distinct({ serialNumber: mfaSerialNumber, enabledAt: time.default(longAgo) }, 'serialNumber'),
    signingCertificates: distinct(
      { id: certificateId, status: status.default('Active'), uploadedAt: time.default(longAgo) },
      'id',
    ),
  },
  'expected a root user',
);
