/** Takes one row of the table: what was measured, what came of it, and what it should be at most or at least. */
export type Row = (what: string, value: string, aim?: string) => void;
