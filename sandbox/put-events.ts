import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { clientOptionsOf, type Reachable } from './principal-client.ts';

/** What a call of PutEvents came to: the events taken, with their details as sent, and why others were not. */
export interface PutResult {
  readonly detailTexts: ReadonlyMap<string, string>;
  readonly refusals: readonly string[];
}

/** A call that AWS refused, or that a fault of the story broke: part of the story. Anything else is a defect. */
export function refusalOf(error: unknown): string {
  if (error instanceof Error && ('$metadata' in error || 'code' in error || error.name === 'TimeoutError')) {
    return `${error.name}: ${error.message}`;
  }
  throw error;
}

/** Puts events with the real client, as any sender would: signed, and let in or kept out by the bus policy. */
export async function putEvents(
  parts: Reachable,
  principalArn: string,
  entries: PutEventsRequestEntry[],
): Promise<PutResult> {
  const client = new EventBridgeClient(clientOptionsOf(parts, principalArn));
  try {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    return {
      detailTexts: new Map(
        Entries.flatMap(({ EventId }, index) =>
          EventId === undefined ? [] : [[EventId, entries[index]?.Detail ?? '{}']],
        ),
      ),
      refusals: Entries.flatMap(({ ErrorCode, ErrorMessage }) =>
        ErrorCode === undefined ? [] : `${ErrorCode}: ${ErrorMessage}`,
      ),
    };
  } catch (error) {
    return { detailTexts: new Map(), refusals: [refusalOf(error)] };
  } finally {
    client.destroy();
  }
}
