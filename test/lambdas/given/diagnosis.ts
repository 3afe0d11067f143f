import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';

const sha = (digit: string) => digit.repeat(64);

type Reading = DiagnosisRecord['actions'][string];

const reading: Reading = {
  verdict: 'locks-some',
  shutOut: ['every IAM principal of account 156041421443 but those spared'],
  spared: ['arn:aws:iam::156041421443:role/pipeline'],
  statements: [{ index: 0, sid: 'OnlyThePipeline' }],
  why: 'Statement[0] (OnlyThePipeline) denies it to every principal but arn:aws:iam::156041421443:role/pipeline.',
};

/** The reading of a policy that locks out everybody but a pipeline, and can be repaired. */
export function givenDiagnosis(
  changes: Partial<DiagnosisRecord> = {},
  own: Partial<Reading> = {},
): DiagnosisRecord {
  const verdict = changes.verdict ?? 'locks-some';
  const one = { ...reading, ...(verdict === 'malformed' ? {} : { verdict }), ...own };
  return {
    verdict,
    needsRoot: 'perhaps',
    without: [...reading.spared],
    actions: { 's3:GetBucketPolicy': one, 's3:PutBucketPolicy': one },
    faults: [],
    repair: {
      possible: true,
      sha256: sha('b'),
      changes: ['Statement[0] (OnlyThePipeline) no longer covers s3:PutBucketPolicy.'],
      statements: [{ index: 0, sid: 'OnlyThePipeline' }],
      diff: '-"Action": "s3:*"',
    },
    policySha256: sha('a'),
    ...changes,
  };
}
