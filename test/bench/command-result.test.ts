import { commandResult } from '../../bench/command-result.ts';

describe('commandResult', () => {
  it('gives seconds and the ratio to the fixed work when the command passed', () => {
    expect(commandResult({ exitCode: 0, seconds: 112.34, output: '' }, 2.5)).toEqual({
      isPassed: true,
      text: '112.3 s, 44.9 times the fixed work',
    });
  });

  it('gives seconds alone when no fixed work was timed', () => {
    expect(commandResult({ exitCode: 0, seconds: 240, output: '' })).toEqual({
      isPassed: true,
      text: 'passed in 240.0 s',
    });
  });

  it.each([
    [1, 'failed with code 1 after 3.0 s'],
    [null, 'ended by a signal after 3.0 s'],
  ])('gives no ratio when the command ended with %s', (exitCode, text) => {
    expect(commandResult({ exitCode, seconds: 3, output: 'x' }, 2)).toEqual({ isPassed: false, text });
  });
});
