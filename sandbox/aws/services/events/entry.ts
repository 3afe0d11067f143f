import * as z from 'zod';
import { AwsError } from '../../errors.ts';
import { isDetail } from './detail.ts';

const entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  /** Epoch seconds, as JSON 1.1 writes times. */
  Time: z.number().optional(),
  Resources: z.array(z.string()).optional(),
});

export type Entry = z.infer<typeof entry>;

const maximumBytes = 1024 * 1024;

/** The entries of a call, or the error by which the whole call is refused. */
export function parseEntries(input: Readonly<Record<string, unknown>>): Entry[] {
  const parsed = z.array(entry).safeParse(input.Entries);
  if (!parsed.success) throw new AwsError(400, 'SerializationException', z.prettifyError(parsed.error));
  const entries = parsed.data;
  const validationError = (message: string) => new AwsError(400, 'ValidationException', message);
  const outOfRange = (constraint: string) =>
    validationError(
      `1 validation error detected: Value '[${entries.length} entries]' at 'entries' failed to satisfy constraint: Member must have length ${constraint}`,
    );
  if (entries.length < 1) throw outOfRange('greater than or equal to 1');
  if (entries.length > 10) throw outOfRange('less than or equal to 10');
  if (entries.reduce((sum, one) => sum + sizeOf(one), 0) > maximumBytes) {
    throw validationError('Total size of the entries in the request is over the limit.');
  }
  return entries;
}

/**
 * "If you submit a request in which none of the entries have each of these properties, EventBridge fails the entire
 * request." Source: Amazon EventBridge API Reference, PutEventsRequestEntry.
 */
export function refuseWithoutCompleteEntry(entries: readonly Entry[]): void {
  const missing = entries.flatMap((one) => missingField(one) ?? []);
  const [first] = missing;
  if (first !== undefined && missing.length === entries.length) {
    throw new AwsError(400, 'ValidationException', isRequired(first));
  }
}

/** What is wrong with one entry; the others of the call are taken all the same. */
export function checkEntry(entry: Entry): { code: string; message: string } | undefined {
  const { Source = '', DetailType = '', Detail = '' } = entry;
  const missing = missingField(entry);
  if (missing !== undefined) return { code: 'InvalidArgument', message: isRequired(missing) };
  if (/^aws\./.test(Source)) {
    return { code: 'NotAuthorizedForSourceException', message: 'Not authorized for the source.' };
  }
  if (DetailType.length > 128) {
    const message = 'Parameter DetailType is not valid. Reason: DetailType is longer than 128 characters.';
    return { code: 'InvalidArgument', message };
  }
  if (!isDetail(Detail)) return { code: 'MalformedDetail', message: 'Detail is malformed.' };
  return undefined;
}

const requiredFields = ['Source', 'DetailType', 'Detail'] as const;

function missingField(entry: Entry): string | undefined {
  return requiredFields.find((field) => !entry[field]);
}

function isRequired(field: string): string {
  return `Parameter ${field} is not valid. Reason: ${field} is a required argument.`;
}

/** As AWS counts an entry: 14 bytes for a time, the others by their UTF-8 bytes. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
