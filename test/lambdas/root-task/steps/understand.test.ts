import fc from 'fast-check';
import { understand } from '../../../../lambdas/root-task/steps/understand.ts';
import { givenEvent } from '../../given/request.ts';

describe('understand', () => {
  it('reads everything of an event that is right', () => {
    const event = givenEvent();
    expect(understand(event)).toEqual({
      eventId: event.id,
      envelope: { source: event.source, account: event.account, time: event.time },
      ticket: event.detail.ticket,
      task: 'unlock-s3-bucket',
      target: event.detail.target,
      requestedBy: 'dev@example.com',
      approvers: ['lead@example.com'],
      detail: event.detail,
    });
  });

  it('reads each field on its own', () => {
    expect(
      understand(givenEvent({ id: '', 'detail.ticket': 'SEC', 'detail.approvals': [{}] })),
    ).toMatchObject({
      eventId: null,
      ticket: null,
      target: givenEvent().detail.target,
      approvers: [],
    });
  });

  it('reads no target of a task that it does not know', () => {
    expect(understand(givenEvent({ 'detail.task': 'toString' }))).toMatchObject({ task: null, target: null });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (event) => understand(event).eventId === null || true));
  });
});
