/** What a command leaves behind: its exit code, and what it writes. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes the result of this process's command, and has the process end with its exit code. */
export function leaveResult({ status, stdout, stderr }: CommandResult): void {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = status;
}
