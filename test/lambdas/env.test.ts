import { publishEnvironment } from '../../contract/environment.ts';
import { readEnvironment } from '../../lambdas/env.ts';

describe('the environment', () => {
  const before = process.env;
  afterEach(() => {
    process.env = before;
  });

  it('is read as its schema has it', () => {
    const own = { AUDIT_TRAIL_TABLE: 'trail', ANNOUNCED_TABLE: 'announced', BUS_NAME: 'rootdesk' };
    process.env = { ...own, OTHER: 'y' };
    expect(readEnvironment(publishEnvironment)).toEqual(own);
  });

  it('that lacks something stops the function, with every name and no value', () => {
    process.env = { BUS_NAME: 'secret' };
    expect(() => readEnvironment(publishEnvironment)).toThrow(/AUDIT_TRAIL_TABLE: .*; ANNOUNCED_TABLE: /);
    expect(() => readEnvironment(publishEnvironment)).not.toThrow(/secret/);
  });
});
