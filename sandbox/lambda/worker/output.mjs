/** Hands everything the function prints to the sandbox at once: nothing is lost when the environment is killed. */
export function installOutput(send) {
  const write = (chunk, encodingOrDone, done) => {
    send(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const finished = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (finished) process.nextTick(finished);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
}
