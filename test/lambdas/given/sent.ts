/** Everything that SDK clients of one class sent in a test, and what they were made with. */
export interface Sent {
  readonly command: string;
  readonly input: unknown;
  readonly region: string;
  readonly attempts: number;
  readonly accessKeyId: string | undefined;
}

interface Config {
  readonly region: () => Promise<string>;
  readonly maxAttempts: () => Promise<number>;
  readonly credentials: () => Promise<{ readonly accessKeyId: string }>;
}

interface Client {
  readonly config: Config;
}

type Answer = (command: string, input: unknown) => unknown;

/** Answers in the place of AWS for all clients of a class; what is not answered is an error. */
export function answering<Made extends Client>(
  clientClass: { readonly prototype: Made },
  answer: Answer,
): Sent[] {
  const sent: Sent[] = [];
  const prototype = clientClass.prototype as unknown as { send: (command: object) => Promise<unknown> };
  jest.spyOn(prototype, 'send').mockImplementation(async function send(this: unknown, command) {
    const { config } = this as Client;
    const name = command.constructor.name;
    const input: unknown = Reflect.get(command, 'input');
    const credentials = await config.credentials().catch(() => undefined);
    sent.push({
      command: name,
      input,
      region: await config.region(),
      attempts: await config.maxAttempts(),
      accessKeyId: credentials?.accessKeyId,
    });
    return answer(name, input);
  });
  return sent;
}

/** An error as an SDK client throws it. */
export function awsError(name: string, message = name, httpStatusCode = 400, headers = {}): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode },
    $response: { headers },
  });
}
