import { approvedTicket } from '../../contract/approved-ticket.ts';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import { sameApproval } from '../../contract/same-approval.ts';
import { changed, exampleDetail } from './given.ts';

const hashOf = (changes: Record<string, unknown> = {}) =>
  sha256(canonicalJson(sameApproval(approvedTicket.parse(changed(exampleDetail, changes)))));

describe('the same approval', () => {
  it.each<[string, Record<string, unknown>]>([
    ['capitals', { 'approvals.0.approver': 'LEAD@Example.com', requestedBy: 'Dev@example.com' }],
    ['blanks', { 'approvals.0.approver': ' lead@example.com\u00a0' }],
    ['another offset', { 'approvals.0.approvedAt': '2026-11-20T10:58:00+01:00' }],
    ['its ticket in capitals', { 'ticket.system': 'JIRA', 'ticket.id': 'sec-1234' }],
    ['a default left out', { dryRun: undefined }],
    ['defaults that came later', { remedy: 'delete', evenIfNotLocked: false }],
    // Recorded when such letters were still taken: what the trail holds keeps its hash.
    ['full-width letters', { 'approvals.0.approver': '\uff4c\uff45\uff41\uff44@example.com' }],
  ])('is it in %s', (_, changes) => {
    expect(hashOf(changes)).toBe(hashOf());
  });

  it.each<[string, Record<string, unknown>]>([
    ['a tag in an address', { 'approvals.0.approver': 'lead+aws@example.com' }],
    ['a letter of another script', { 'approvals.0.approver': 'le\u0430d@example.com' }],
    ['another approver', { 'approvals.0.approver': 'second.lead@example.com' }],
    ['another remedy', { remedy: 'repair' }],
    ['another remedy, whoever is locked out', { evenIfNotLocked: true }],
    ['the policy that it is about', { policySha256: 'a'.repeat(64) }],
    ['another requester', { requestedBy: 'lead@example.com' }],
    ['another millisecond', { 'approvals.0.approvedAt': '2026-11-20T09:58:00.001Z' }],
  ])('is another with %s', (_, changes) => {
    expect(hashOf(changes)).not.toBe(hashOf());
  });

  it('keeps its hash: the trail is compared with it for ever', () => {
    expect(hashOf()).toBe('f482a35ed7a70c9f7fc67011836ecc90838c512f1e92dea55f05436a3fec4a4e');
  });
});
