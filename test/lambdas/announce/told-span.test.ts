import { type Span, slicesOf, untold } from '../../../lambdas/announce/told-span.ts';

const at = (time: string) => new Date(`2026-11-${time}:00.000Z`);
const span = (from: string, until: string): Span => ({ from: at(from), until: at(until) });
const all = span('17T12:00', '20T12:00');

describe('what is to be looked at', () => {
  it.each<[string, Span | null, readonly Span[]]>([
    ['nothing was told', null, [all]],
    [
      'all was told up to a quarter of an hour ago',
      span('17T11:45', '20T11:45'),
      [span('20T10:45', '20T12:00')],
    ],
    [
      'an earlier run did not get through',
      span('19T06:00', '20T11:45'),
      [span('20T10:45', '20T12:00'), span('17T12:00', '19T06:00')],
    ],
    [
      'an earlier run got through little',
      span('20T11:30', '20T11:45'),
      [span('20T11:30', '20T12:00'), span('17T12:00', '20T11:30')],
    ],
    ['nothing ran for a week', span('10T12:00', '13T12:00'), [all]],
    ['nothing ran for two days', span('15T12:00', '18T12:00'), [span('18T11:00', '20T12:00')]],
    ['the clock goes back', span('17T13:00', '20T14:00'), [span('17T12:00', '17T13:00')]],
    ['the clock goes back by days', span('24T12:00', '27T12:00'), [all]],
  ])('where %s', (_, told, spans) => {
    expect(untold(all, told)).toEqual(spans);
  });
});

describe('slices', () => {
  it('are of six hours, the newest first, and leave nothing out', () => {
    expect(slicesOf([span('20T04:45', '20T12:00'), span('17T12:00', '17T13:00')])).toEqual([
      span('20T06:00', '20T12:00'),
      span('20T04:45', '20T06:00'),
      span('17T12:00', '17T13:00'),
    ]);
    expect(slicesOf([])).toEqual([]);
  });
});
