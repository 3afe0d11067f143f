import { notifyEnvironment } from '../../contract/environment.ts';
import { readEnvironment } from '../../lambdas/env.ts';

describe('the environment', () => {
  const before = process.env;
  afterEach(() => {
    process.env = before;
  });

  it('is read as its schema has it', () => {
    process.env = { AUDIT_TRAIL_TABLE: 'trail', TOPIC_ARN: 'arn:aws:sns:x', OTHER: 'y' };
    expect(readEnvironment(notifyEnvironment)).toEqual({
      AUDIT_TRAIL_TABLE: 'trail',
      TOPIC_ARN: 'arn:aws:sns:x',
    });
  });

  it('that lacks something stops the function, with every name and no value', () => {
    process.env = { TOPIC_ARN: 'secret' };
    expect(() => readEnvironment(notifyEnvironment)).toThrow(/AUDIT_TRAIL_TABLE: .*; TOPIC_ARN: /);
    expect(() => readEnvironment(notifyEnvironment)).not.toThrow(/secret/);
  });
});
