/**
 * Waits before each further read after a change, in milliseconds. IAM shows changes late and gives no bound; seconds are
 * what is seen. Source: IAM User Guide, "Changes that I make are not always immediately visible".
 */
export const patience = [1_000, 2_000, 4_000] as const;
