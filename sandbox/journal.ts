import type { BusEvent } from './parts.ts';

export interface Notification {
  readonly topic: string;
  readonly subject: string | null;
  readonly message: string;
}

/** What a world leaves behind besides AWS's own state: kept in the order in which it came. */
export interface Journal {
  readonly notifications: Notification[];
  readonly events: { readonly busName: string; readonly event: BusEvent }[];
  readonly logs: Record<string, unknown>[];
  /** Takes what a function prints, line by line. */
  printed(text: string): void;
}

export function createJournal(): Journal {
  const logs: Record<string, unknown>[] = [];
  return {
    notifications: [],
    events: [],
    logs,
    printed(text) {
      for (const line of text.split('\n')) {
        if (line.trim() !== '') logs.push(logLine(line));
      }
    },
  };
}

function logLine(line: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Not every line that a function prints is structured.
  }
  return { message: line };
}
