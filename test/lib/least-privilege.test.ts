import { givenStack } from './given-stack.ts';
import { leastPrivilegeMatrix, type Matrix } from './least-privilege/matrix.ts';
import { agreedSections, decisionLines } from './permissions-page.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await leastPrivilegeMatrix();
});

describe('IAM', () => {
  const roles = givenStack('excludedAccount').resources.filter(({ type }) => type === 'AWS::IAM::Role');

  it.each(roles.map(({ name }) => name))('lets %s do exactly what docs/permissions.md lists', (role) => {
    const [, listed] = agreedSections().get(role)?.split('IAM lets it:\n\n') ?? [];
    expect(decisionLines(matrix.allowed.get(role) ?? [])).toBe(listed);
  });

  it('decides each action about a resource of its kind', () => {
    const never = [...matrix.decided].filter(([, times]) => times === 0).map(([action]) => action);
    expect(never).toEqual([]);
  });
});
