import { bundleImports } from '../../bench/bundle-imports.ts';
import { givenStack } from '../lib/given-stack.ts';

test('the bench knows what every function of the stack imports', () => {
  const sources = givenStack()
    .resources.filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ properties }) => properties.Description);
  expect(sources).not.toEqual([]);
  expect(sources.filter((source) => bundleImports[String(source)] === undefined)).toEqual([]);
});
