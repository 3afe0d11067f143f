/** What an SDK client needs to have in common with the others here: `destroy` closes its connections. */
interface Client {
  destroy(): void;
}

/**
 * The SDK clients of one root session. Each keeps its connections open for its next call, in an agent of its own, and
 * no other request ever uses it: an execution environment that serves many requests would run out of file descriptors,
 * of which Lambda has 1,024. Source: Lambda Developer Guide, "Lambda quotas"; SDK for JavaScript Developer Guide,
 * "Reuse connections with keep-alive in Node.js".
 */
export class SessionClients {
  #kept: Client[] = [];

  /** Returns the client, which is destroyed with all others of the session. */
  keep<Kept extends Client>(client: Kept): Kept {
    this.#kept.push(client);
    return client;
  }

  /** Closes the connections of every client. None of them may be used afterwards. */
  destroyAll(): void {
    for (const client of this.#kept) client.destroy();
    this.#kept = [];
  }
}
