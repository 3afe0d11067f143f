import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { ClosingOrder } from '../../../contract/orders.ts';
import { clientDefaults } from '../../aws-clients.ts';

/** The lane that closes openings, called as its schedules call it: asynchronously, with the opening's name alone. */
export class ClosingLane {
  readonly #lambda: LambdaClient;
  readonly #functionArn: string;

  constructor(region: string, functionArn: string) {
    this.#lambda = new LambdaClient({ ...clientDefaults, region });
    this.#functionArn = functionArn;
  }

  async close(closes: string): Promise<void> {
    const order: ClosingOrder = { closes };
    await this.#lambda.send(
      new InvokeCommand({
        FunctionName: this.#functionArn,
        InvocationType: 'Event',
        Payload: JSON.stringify(order),
      }),
    );
  }
}
