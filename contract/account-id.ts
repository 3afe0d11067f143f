import * as z from 'zod';

const expected = 'expected a 12-digit account id, for example "156041421443"';

/** A JSON number has lost the zeros it began with: nobody can tell which account was meant, so none is guessed. */
const expectedText = `${expected}: text in quotes, because a number loses the zeros that an id may begin with`;

/** A 12-digit AWS account id, kept as text: account ids may begin with zeros. */
export const accountId = z
  .string({ error: ({ input }) => (typeof input === 'number' ? expectedText : expected) })
  .regex(/^\d{12}$/, expected)
  .brand<'AccountId'>();

export type AccountId = z.infer<typeof accountId>;

const iamArn = /^arn:[^:]+:(?:iam|sts)::(\d{12}):/;

/** The account that an IAM ARN belongs to; undefined when the text is no IAM ARN. */
export function accountOfArn(arn: string): AccountId | undefined {
  const found = iamArn.exec(arn)?.[1];
  return found === undefined ? undefined : accountId.parse(found);
}
