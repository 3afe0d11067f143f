import fc from 'fast-check';
import { means, personOf, plainAddress, spelledOut } from '../../contract/address.ts';

describe('a plain address', () => {
  it.each([
    ['lead@example.com', 'lead@example.com'],
    [' Lead@EXAMPLE.com\u00a0\u3000', 'lead@example.com'],
    ["d.o'hara+aws_1-x@dev.example.co.uk", "d.o'hara+aws_1-x@dev.example.co.uk"],
    ['lead@xn--e1afmkfd.xn--p1ai', 'lead@xn--e1afmkfd.xn--p1ai'],
  ])('%j is one', (text, address) => {
    expect(plainAddress(text)).toBe(address);
  });

  it.each([
    '',
    'lead',
    '@example.com',
    'lead@',
    'lead@localhost',
    'lead@example.com.',
    'lead@.example.com',
    'lead@example..com',
    'lead@-example.com',
    'le ad@example.com',
    '.lead@example.com',
    'le..ad@example.com',
    'lead@example.com@example.com',
    'Lead <lead@example.com>',
    '<lead@example.com>',
    'mailto:lead@example.com',
    'lead(comment)@example.com',
    '"lead"@example.com',
    'lead@[192.0.2.1]',
    'lead@example.com, second.lead@example.com',
    'lead%example.com@relay.example',
    '*@example.com',
    'lead@example.com\n',
    '\tlead@example.com',
    '\ufefflead@example.com', // zero-width no-break space: String.trim would take it away
    'lead\u200b@example.com', // zero-width space
    'lead\u200d@example.com', // zero-width joiner
    'lead\u00ad@example.com', // soft hyphen
    '\u202elead@example.com', // right-to-left override
    'lead\u2060@example.com', // word joiner
    'l\u0435ad@example.com', // Cyrillic e
    'lead@ex\u03b1mple.com', // Greek alpha
    '\uff4c\uff45\uff41\uff44@example.com', // full-width
    'lead\uff20example.com', // full-width @
    'lead@example\u3002com', // ideographic full stop, which browsers take for a dot
    '\u212aate@example.com', // Kelvin sign: lower case makes k of it
    'l\u0131ne@example.com', // Turkish dotless i: upper case makes I of it
    'L\u0130NE@example.com', // Turkish dotted I
    'le\u0301ad@example.com', // combining accent
    'lead\ufe0f@example.com', // variation selector
    'lead@m\u00fcller.example',
  ])('%j is none', (text) => {
    expect(plainAddress(text)).toBeUndefined();
  });

  it('is ASCII, in lower case, and never longer than what came', () => {
    const local = fc.string({ unit: fc.constantFrom(...'aZ.+\u0430\u212a\u0301\u200b '), maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), local), (text) => {
        for (const whole of [text, `${text}@example.com`]) {
          const address = plainAddress(whole);
          if (address === undefined) continue;
          expect(address).toMatch(/^[!-~]+$/);
          expect(address).toBe(whole.trim().toLowerCase());
        }
      }),
    );
  });

  it('is decided quickly, however it was made to be slow', () => {
    const long = [`${'a'.repeat(250)}!`, `${'a.'.repeat(125)}@`, `a@${'a-'.repeat(125)}`, ' '.repeat(256)];
    for (const text of long) expect(plainAddress(text)).toBeUndefined();
  });
});

describe('a person', () => {
  it('is one, however the address is spelt and tagged', () => {
    const cased = fc
      .array(fc.boolean(), { minLength: 16, maxLength: 16 })
      .map((upper) =>
        Array.from('lead@example.com', (letter, index) => (upper[index] ? letter.toUpperCase() : letter)),
      );
    const tag = fc.stringMatching(/^(\+[a-z0-9+._-]{0,8})?$/);
    const blanks = fc.stringMatching(/^[ \u00a0\u3000]{0,2}$/);
    fc.assert(
      fc.property(cased, tag, blanks, blanks, (letters, tagged, before, behind) => {
        const [local, domain] = letters.join('').split('@');
        expect(personOf(`${before}${local}${tagged}@${domain}${behind}`)).toBe('lead@example.com');
      }),
    );
  });

  it.each([
    ['lead@example.com', 'lead@example.org'],
    ['lead@example.com', 'second.lead@example.com'],
    ['+1@example.com', '+2@example.com'],
    ['lead-aws@example.com', 'lead@example.com'],
  ])('%s is not %s', (one, other) => {
    expect(personOf(one)).not.toBe(personOf(other));
  });
});

describe('an entry of a list', () => {
  it.each([
    ['Lead@Example.com', 'lead@example.com', true],
    ['lead@example.com', 'lead+aws@example.com', false],
    ['lead+aws@example.com', 'lead@example.com', false],
    ['*@Example.com', 'anybody@example.com', true],
    ['*@example.com', 'lead+aws@example.com', true],
    ['*@example.com', 'lead@sub.example.com', false],
    ['*@sub.example.com', 'lead@example.com', false],
    ['*@example.com', 'lead@notexample.com', false],
    ['*@example.com', 'lead@example.com.evil.example', false],
  ])('%s means %s: %s', (entry, address, expected) => {
    expect(means(entry, address)).toBe(expected);
  });
});

test('an address in a message shows what could be taken for something else', () => {
  expect(spelledOut('le\u0430d\u200b@example.com')).toBe('le\\u{430}d\\u{200b}@example.com');
  expect(spelledOut('a'.repeat(64))).toBe('a'.repeat(64));
  expect(spelledOut('\u{1d4b6}'.repeat(65))).toBe(`${'\\u{1d4b6}'.repeat(64)}...`);
});
