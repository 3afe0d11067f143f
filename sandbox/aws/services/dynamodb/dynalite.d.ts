declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** DynamoDB's wire protocol over an in-memory store. */
  export default function dynalite(options?: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
}
