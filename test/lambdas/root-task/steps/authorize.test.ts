import { authorize, authorizedBefore } from '../../../../lambdas/root-task/steps/authorize.ts';
import { givenReceived, givenRequest, givenSettings, now } from '../../given/request.ts';

const requestId = 'jira/sec-1234/unlock-s3-bucket/156041421443/project-prod-1/2026-11-20T09:58:00.000Z';

describe('authorize', () => {
  it('mints the request, and says on whose approval', () => {
    expect(givenRequest({ 'detail.approvals.0.approvedAt': '2026-11-20T10:58:00+01:00' })).toMatchObject({
      requestId,
      authorization: {
        required: 1,
        counted: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00.000Z' }],
        decidedAt: '2026-11-20T09:58:00.000Z',
      },
    });
  });

  it('refuses with every reason and with the request that it refuses', () => {
    const refused = authorize(
      givenReceived({ 'replay-name': 'again', account: '444444444444' }),
      givenSettings(),
      now,
    );
    expect(refused).toMatchObject({
      kind: 'refusal',
      requestId,
      reasons: [{ code: 'replayed' }, { code: 'wrong-sender-account' }],
      understood: { ticket: { id: 'SEC-1234' }, approvers: ['lead@example.com'] },
    });
  });

  it('refuses without a request where no approval decides', () => {
    const refused = authorize(
      givenReceived({ 'detail.requestedBy': 'lead@example.com' }),
      givenSettings(),
      now,
    );
    expect(refused).toMatchObject({ kind: 'refusal', requestId: null });
  });

  it('takes a recorded authorization as it was', () => {
    const request = givenRequest();
    const approved = {
      requestId,
      authorizedBy: { ...request.authorization, settingsDigest: 'd', version: '0' },
    };
    expect(authorizedBefore(givenReceived(), approved as never)).toMatchObject({
      requestId,
      authorization: request.authorization,
    });
  });
});
