/** A number as conditions have it. Null for any other text. */
export function numberOf(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

const isoDate = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/**
 * A date in seconds since 1970: ISO 8601 in one of W3C's forms, or seconds since 1970 themselves (IAM User Guide, "Date
 * condition operators"). A date without a zone is UTC. Null for any other text.
 */
export function secondsOf(text: string): number | null {
  const seconds = numberOf(text);
  if (seconds !== null) return seconds;
  const zone = isoDate.exec(text);
  if (zone === null) return null;
  const milliseconds = Date.parse(zone[2] === undefined || zone[5] !== undefined ? text : `${text}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}
