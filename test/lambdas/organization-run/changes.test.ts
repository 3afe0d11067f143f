import { organizationTarget } from '../../../contract/target.ts';
import { changesBetween, unchanged } from '../../../lambdas/organization-run/changes.ts';
import { covers } from '../../../lambdas/organization-run/recent-audit.ts';
import { givenCredentials, givenKeys, givenMfa, unread } from './report/given.ts';

describe('what has changed between two looks', () => {
  it('is told credential by credential, both ways', () => {
    const before = givenCredentials({ accessKeys: givenKeys({ id: 'A' }, { id: 'B' }) });
    const now = givenCredentials({
      accessKeys: givenKeys({ id: 'B' }, { id: 'C' }),
      mfaDevices: givenMfa('m'),
    });
    expect(changesBetween(before, now)).toEqual({
      appeared: [
        { kind: 'accessKeys', id: 'C' },
        { kind: 'mfaDevices', id: 'm', madeAt: expect.any(String) },
      ],
      disappeared: [{ kind: 'accessKeys', id: 'A' }],
    });
  });

  it('is nothing of a kind that one of them could not read', () => {
    const unreadable = givenCredentials({ accessKeys: unread('no') });
    const key = givenCredentials({ accessKeys: givenKeys({}) });
    expect(changesBetween(unreadable, key)).toEqual(unchanged);
    expect(changesBetween(key, unreadable)).toEqual(unchanged);
    expect(changesBetween(null, key)).toEqual(unchanged);
    expect(changesBetween(key, null)).toEqual(unchanged);
  });
});

describe('an audit', () => {
  const target = (own: object) => organizationTarget.parse({ organization: true, ...own });
  const units = (...ids: string[]) => target({ organizationalUnitIds: ids.map((id) => `ou-ab12-${id}`) });
  const without = (...ids: string[]) => target({ excludedAccounts: ids.map((digit) => digit.repeat(12)) });

  it.each([
    ['of everything', target({}), target({}), true],
    ['of everything, for some units', target({}), units('prod1234'), true],
    ['of some units, for everything', units('prod1234'), target({}), false],
    ['of the same units', units('prod1234', 'test1234'), units('test1234'), true],
    ['of other units', units('prod1234'), units('test1234'), false],
    ['without an account, for everything', without('4'), target({}), false],
    ['without an account that is spared too', without('4'), without('4', '5'), true],
  ])('%s looks at all that the other does: %#', (_, wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});
