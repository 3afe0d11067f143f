import type { CommandRun } from './time-command.ts';

export interface Result {
  readonly isPassed: boolean;
  /** The cell of its row. */
  readonly text: string;
}

/** What a row says of a command. `fixedSeconds`: what the fixed work took around it, where its time is of interest. */
export function commandResult({ exitCode, seconds }: CommandRun, fixedSeconds?: number): Result {
  const time = `${seconds.toFixed(1)} s`;
  if (exitCode !== 0) {
    const how = exitCode === null ? 'ended by a signal' : `failed with code ${exitCode}`;
    return { isPassed: false, text: `${how} after ${time}` };
  }
  const ratio =
    fixedSeconds === undefined ? '' : `, ${(seconds / fixedSeconds).toFixed(1)} times the fixed work`;
  return { isPassed: true, text: `${fixedSeconds === undefined ? 'passed in ' : ''}${time}${ratio}` };
}
