import { together } from '../../lambdas/together.ts';

describe('two things together', () => {
  it('answer in their order', async () => {
    expect(await together(Promise.resolve(1), Promise.resolve('two'))).toEqual([1, 'two']);
  });

  it.each([
    ['the first', true],
    ['the second', false],
  ])('are both waited for when %s fails', async (_, firstFails) => {
    let done = false;
    const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      done = true;
    });
    const failing = Promise.reject(new Error('no'));
    await expect(firstFails ? together(failing, slow) : together(slow, failing)).rejects.toThrow('no');
    expect(done).toBe(true);
  });
});
