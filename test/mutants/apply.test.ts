import { apply, DoesNotApplyError } from './apply.ts';
import type { Mutant } from './mutant.ts';

const mutant: Mutant = {
  id: 'lock-left-out',
  file: 'lock.ts',
  find: 'lock();\n',
  replace: '',
  breaks: 'one at a time',
  killedBy: [{ file: 'lock.test.ts' }],
};

describe('apply', () => {
  it('puts the replacement in the place of the snippet', () => {
    expect(apply(mutant, 'lock();\nrun();\n')).toBe('run();\n');
  });

  it('takes $& and $1 in a replacement for what they are', () => {
    expect(apply({ ...mutant, replace: '$&$1' }, 'lock();\nrun();')).toBe('$&$1run();');
  });

  it.each([
    ['the snippet is not there', mutant, 'run();\n', 'lock-left-out: lock.ts does not contain the snippet'],
    [
      'the snippet is there more than once',
      mutant,
      'lock();\nlock();\nlock();\n',
      'lock-left-out: lock.ts contains the snippet 3 times',
    ],
    [
      'nothing changes',
      { ...mutant, replace: mutant.find },
      'lock();\n',
      'lock-left-out: the replacement is the snippet itself',
    ],
    ['the snippet is empty', { ...mutant, find: '' }, 'lock();\n', 'lock-left-out: the snippet is empty'],
  ])('throws a DoesNotApplyError that names the mutant when %s', (_, given, text, message) => {
    expect(() => apply(given, text)).toThrow(new DoesNotApplyError(message));
  });
});
