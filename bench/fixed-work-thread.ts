import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** Takes some two seconds on a core of a server of 2024. */
const rounds = 60_000;

const statement = (index: number) => ({
  Sid: `Statement${index}`,
  Effect: index % 2 === 0 ? 'Allow' : 'Deny',
  Action: ['s3:GetObject', 's3:PutObject', 'sts:AssumeRoot'],
  Resource: `arn:aws:s3:::bucket-${index}/*`,
  Condition: { StringNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/role-${index}` } },
});

/** JSON and SHA-256: each round parses a document, changes it, writes it and hashes it together with the last hash. */
function digestAfterRounds(): string {
  let text = JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: 16 }, (_, n) => statement(n)),
  });
  let digest = '';
  for (let round = 0; round < rounds; round += 1) {
    text = JSON.stringify({ ...JSON.parse(text), Id: digest });
    digest = createHash('sha256').update(digest).update(text).digest('hex');
  }
  return digest;
}

parentPort?.postMessage(digestAfterRounds());
