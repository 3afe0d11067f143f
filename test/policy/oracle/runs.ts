import { isFullRun } from '../../support/full.ts';

/** How many policies each property is tried on, and from which seed: more with ORACLE_RUNS, others with ORACLE_SEED. */
export const runs = Number(process.env.ORACLE_RUNS ?? (isFullRun ? 300 : 40));
export const seed = Number(process.env.ORACLE_SEED ?? 20_260_101);
