import { allParts, readCommand, UsageError, usage } from '../../bench/read-command.ts';

describe('readCommand', () => {
  it('runs every part but busy when none is named', () => {
    expect(readCommand([])).toMatchObject({ kind: 'run', parts: allParts });
    expect(allParts).toEqual(['one-task', 'policy', 'organization', 'tests']);
  });

  it.each([...allParts, 'busy'])('runs %s alone when it is named', (part) => {
    expect(readCommand([part])).toMatchObject({ kind: 'run', parts: [part] });
  });

  it('reads lists of numbers for the part organization', () => {
    const words =
      'organization --accounts 500,5000 --concurrency 40 --latency 0,750 --throttled 0.1 --failing=';
    expect(readCommand(words.split(' '))).toEqual({
      kind: 'run',
      parts: ['organization'],
      organization: {
        accounts: [500, 5000],
        concurrency: [40],
        latency: [0, 750],
        throttled: [0.1],
        failing: [],
      },
    });
  });

  it('takes the documented numbers when an option is not given', () => {
    expect(readCommand(['organization', '--accounts', '5000'])).toMatchObject({
      organization: {
        accounts: [5000],
        concurrency: [40],
        latency: [50, 750],
        throttled: [0.05, 0.2],
        failing: [1000],
      },
    });
  });

  it.each([['--help'], ['-h'], ['tests', '--help']])('asks for help when it reads %s %s', (...words) => {
    expect(readCommand(words)).toEqual({ kind: 'help' });
  });

  it.each([
    ['an unknown part', 'organisation', 'no part "organisation"'],
    ['two parts', 'policy tests', 'one part at most'],
    ['an unknown option', 'organization --speed 1', '--speed'],
    ['an option of another part', 'tests --accounts 100', '--accounts: an option of the part organization'],
    ['an option without a part', '--accounts 100', '--accounts: an option of the part organization'],
    ['half an account', 'organization --accounts 1.5', '--accounts: 1.5'],
    ['no account', 'organization --accounts 0', '--accounts: 0'],
    ['a word for a number', 'organization --latency slow', '--latency: slow'],
    ['a negative latency', 'organization --latency=-1', '--latency: -1'],
    ['every call throttled', 'organization --throttled 1', '--throttled: 1'],
  ])('throws a UsageError when it reads %s', (_, words, message) => {
    expect(() => readCommand(words.split(' '))).toThrow(UsageError);
    expect(() => readCommand(words.split(' '))).toThrow(message);
  });
});

describe('usage', () => {
  it.each([...allParts, 'busy'])('names the part %s', (part) => {
    expect(usage).toMatch(new RegExp(`^ {2}${part} `, 'm'));
  });
});
