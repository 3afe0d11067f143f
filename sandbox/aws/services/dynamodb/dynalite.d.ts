/**
 * The parts of dynalite 4.0.0 behind its HTTP handler (`dynalite/index.js`): the handler parses a request, checks it with
 * `validations`, and runs the operation on a store. The package exports them as files.
 */
declare module 'dynalite/db/index.js' {
  /** An in-memory store without delays; times in milliseconds. */
  export function create(options: {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }): import('./engine.ts').Store;
}

declare module 'dynalite/validations/index.js' {
  export function checkTypes(input: object, types: object): object;
  export function checkValidations(input: object, types: object, custom: unknown, store: object): void;
}

declare module 'dynalite/validations/*.js' {
  export const types: object;
  export const custom: unknown;
}

declare module 'dynalite/actions/*.js' {
  export default function run(
    store: object,
    input: object,
    done: (error: unknown, output?: Record<string, unknown>) => void,
  ): void;
}
