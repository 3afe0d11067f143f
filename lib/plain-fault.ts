/** A fault of the person's making, not of the program's: shown as its message alone, without a stack trace. */
export class PlainFault extends Error {
  override readonly name = 'PlainFault';
}

/** Runs something; a PlainFault ends up on stderr as plain text and in exit code 1, anything else is thrown on. */
export function tellingFaultsPlainly(run: () => void): void {
  try {
    run();
  } catch (fault) {
    if (!(fault instanceof PlainFault)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    // At once: an App that was made would synthesize again when the process ends, and say it all a second time.
    process.exit(1);
  }
}
