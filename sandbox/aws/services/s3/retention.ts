import type { DeployedBucket } from '../../../parts.ts';
import type { Retention, Version } from './object-versions.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How long a version is kept that is written now, by the bucket's default. */
export function retentionFrom({ defaultRetention }: DeployedBucket, now: number): Retention | null {
  if (defaultRetention === null) return null;
  const { mode, days, years } = defaultRetention;
  const until = new Date(now + (days ?? 0) * dayMs);
  until.setUTCFullYear(until.getUTCFullYear() + (years ?? 0));
  return { mode, until: until.getTime() };
}

/** A delete marker is never held. */
export function isHeld(version: Version, now: number): boolean {
  const until = version.content?.retention?.until;
  return until !== undefined && until > now;
}

/** As S3 tells it, to those who may read it. */
export function retentionHeaders({ mode, until }: Retention): Record<string, string> {
  return {
    'x-amz-object-lock-mode': mode,
    'x-amz-object-lock-retain-until-date': new Date(until).toISOString(),
  };
}
