import { baseOperators } from '../../../policy/language.ts';
import { faultsOf, policyOf, textWith } from './given.ts';

function conditionsOf(Condition: object) {
  return policyOf(textWith({ Condition })).statements[0]?.conditions;
}

describe('an operator', () => {
  it.each(baseOperators)('is %s, in any case', (operator) => {
    for (const written of [operator, operator.toLowerCase(), operator.toUpperCase()])
      expect(conditionsOf({ [written]: { 'aws:x': 'y' } })).toMatchObject([
        { operator, ifExists: false, set: null },
      ]);
  });

  it('may have a prefix and a suffix', () => {
    expect(
      conditionsOf({
        StringLikeIfExists: { 'aws:x': 'y' },
        'ForAnyValue:StringLike': { 'aws:x': 'y' },
        'forallvalues:stringlikeifexists': { 'aws:x': 'y' },
        'ForAllValues:Null': { 'aws:x': 'true' },
      }),
    ).toMatchObject([
      { operator: 'StringLike', ifExists: true, set: null },
      { operator: 'StringLike', ifExists: false, set: 'ForAnyValue' },
      { operator: 'StringLike', ifExists: true, set: 'ForAllValues' },
      { operator: 'Null', ifExists: false, set: 'ForAllValues' },
    ]);
  });

  it.each([
    ['StringMatches', 'is no operator'],
    ['', 'is no operator'],
    ['IfExists', 'is no operator'],
    ['ForAnyValue:', 'is no operator'],
    ['ForSomeValues:StringLike', 'is no operator'],
    ['StringLikeIfExistsIfExists', 'is no operator'],
    ['NullIfExists', 'cannot have "IfExists"'],
  ])('is not %j', (operator, words) => {
    expect(faultsOf(textWith({ Condition: { [operator]: { 'aws:x': 'y' } } }))).toEqual([
      { path: expect.stringContaining('Statement[0].Condition'), message: expect.stringContaining(words) },
    ]);
  });

  it('has an object of keys', () => {
    expect(faultsOf(textWith({ Condition: { Bool: 'true' } }))).toEqual([
      { path: 'Statement[0].Condition.Bool', message: expect.stringContaining('expected an object of keys') },
    ]);
  });
});

describe('a key', () => {
  it('is compared in lower case, and shown as written', () => {
    expect(conditionsOf({ StringEquals: { 'AWS:PrincipalTag/Team': 'a' } })).toMatchObject([
      { key: 'aws:principaltag/team', writtenKey: 'AWS:PrincipalTag/Team' },
    ]);
  });

  it.each([
    { StringEquals: { 'aws:SourceIp': 'a', 'AWS:SourceIP': 'b' } },
    { StringEquals: { 'aws:SourceIp': 'a' }, stringequals: { 'aws:sourceip': 'b' } },
  ])('is not there twice in different spellings: %j', (Condition) => {
    expect(faultsOf(textWith({ Condition }))).toEqual([
      { path: expect.any(String), message: expect.stringContaining('twice in different spellings') },
    ]);
  });

  it('may be there in several operators', () => {
    const Condition = {
      StringEquals: { 'aws:x': 'a' },
      StringEqualsIfExists: { 'aws:x': 'a' },
      Null: { 'aws:x': true },
    };
    expect(conditionsOf(Condition)).toHaveLength(3);
  });

  it('has a name', () => {
    expect(faultsOf(textWith({ Condition: { Bool: { '': true } } }))).toEqual([
      { path: 'Statement[0].Condition.Bool[""]', message: expect.stringContaining('has no name') },
    ]);
  });
});

describe('a value', () => {
  it('is a text, a number or a boolean, and read as text', () => {
    expect(conditionsOf({ NumericEquals: { 'aws:x': ['', 3600, 1.5, -1, true, false] } })).toMatchObject([
      { values: ['', '3600', '1.5', '-1', 'true', 'false'] },
    ]);
    expect(conditionsOf({ Bool: { 'aws:x': true } })).toMatchObject([{ values: ['true'] }]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'is null'],
    ['an object', {}, 'is an object'],
    ['a list in a list', [['a']], 'is a list'],
    ['nothing', [], 'is an empty list'],
  ])('is not %s', (_, value, words) => {
    expect(faultsOf(textWith({ Condition: { StringEquals: { 'aws:x': value } } }))).toEqual([
      {
        path: expect.stringMatching(/^Statement\[0\]\.Condition\.StringEquals\.aws:x(\[0\])?$/),
        message: expect.stringContaining(words),
      },
    ]);
  });

  it.each(['12345678901234567890', '1e400'])(
    'is not the number %s, which JSON.parse does not keep',
    (number) => {
      const text = textWith({ Condition: { NumericEquals: { 'aws:x': 0 } } }).replace(':0}', `:${number}}`);
      expect(faultsOf(text)).toEqual([
        {
          path: 'Statement[0].Condition.NumericEquals.aws:x',
          message: expect.stringContaining('write it in quotes'),
        },
      ]);
    },
  );
});

describe('no condition', () => {
  it('is an empty object', () => {
    expect(conditionsOf({})).toEqual([]);
    expect(conditionsOf({ StringEquals: {} })).toEqual([]);
  });
});
