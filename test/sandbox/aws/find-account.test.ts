import { findAccount, isMember } from '../../../sandbox/aws/organization.ts';
import * as f from './fixture.ts';

it('finds an account that came after others were looked for, and one of a list that was exchanged', () => {
  const organization = f.organization();
  expect(findAccount(organization, '777777777777')).toBeUndefined();
  expect(isMember(organization, '777777777777')).toBe(false);
  const added = f.account('777777777777');
  organization.accounts.push(added);
  expect(findAccount(organization, '777777777777')).toBe(added);
  expect(isMember(organization, '777777777777')).toBe(true);
  organization.accounts = [f.account(f.member)];
  expect(findAccount(organization, '777777777777')).toBeUndefined();
});
