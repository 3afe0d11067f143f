import { compilePattern } from '../../sandbox/bus/pattern.ts';
import { givenStack } from './given-stack.ts';

const given = givenStack();
const streams = ['Notify', 'Publish'] as const;
const mappingOf = (name: string) =>
  given.one('AWS::Lambda::EventSourceMapping', `Announcements-${name}-TrailStream`).properties;

describe.each(streams)('%s', (name) => {
  test('follows the trail from the beginning, a record at fault apart from the others', () => {
    expect(mappingOf(name)).toMatchObject({
      EventSourceArn: 'arn:aws:dynamodb:eu-central-1:222222222222:table/AuditTrail-Table/stream/now',
      FunctionName: `Announcements-${name}-Handler`,
      StartingPosition: 'TRIM_HORIZON',
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('gives up while the stream still has the record, and keeps where it was', () => {
    const { MaximumRetryAttempts, MaximumRecordAgeInSeconds, DestinationConfig } = mappingOf(name);
    expect({ MaximumRetryAttempts, MaximumRecordAgeInSeconds }).toEqual({
      MaximumRetryAttempts: 30,
      MaximumRecordAgeInSeconds: 72_000,
    });
    expect(DestinationConfig).toEqual({
      OnFailure: { Destination: `arn:aws:sqs:eu-central-1:222222222222:Announcements-${name}Failures-Queue` },
    });
  });
});

test('on-call is told in large batches, so that of a flood of refusals few messages are made', () => {
  expect(streams.map((name) => mappingOf(name).BatchSize)).toEqual([100, 10]);
});

describe('of the changes in the trail', () => {
  const told = (name: string, change: object) => {
    const { Filters } = mappingOf(name).FilterCriteria as { Filters: { Pattern: string }[] };
    return Filters.some(({ Pattern }) => compilePattern(JSON.parse(Pattern))(change));
  };
  const change = (eventName: string, kind: string) => ({
    eventName,
    dynamodb: { NewImage: { kind: { S: kind } } },
  });

  const ofRun = { parentRequestId: { S: 'jira/sec-1/audit-root-credentials/organization/2026' } };
  const changed = (record: ReturnType<typeof change>, own: object) => ({
    ...record,
    dynamodb: { NewImage: { ...record.dynamodb.NewImage, ...own } },
  });

  test.each<[string, object, string[]]>([
    ['an ending of one account of a run is told to nobody', changed(change('INSERT', 'ended'), ofRun), []],
    [
      'an ending whose run is no text is told: a filter is no place to be lenient',
      changed(change('INSERT', 'ended'), { parentRequestId: { N: '1' } }),
      ['Notify', 'Publish'],
    ],
    [
      'a refusal is told whatever it names',
      changed(change('INSERT', 'refused'), ofRun),
      ['Notify', 'Publish'],
    ],
    [
      'a changed entry of one account of a run is told to on-call',
      changed(change('MODIFY', 'ended'), ofRun),
      ['Notify'],
    ],
    [
      'an ending of a closing is told',
      changed(change('INSERT', 'ended'), { closes: { S: 'jira/sec-2' } }),
      ['Notify', 'Publish'],
    ],
    ['an ending is told to on-call and put on the bus', change('INSERT', 'ended'), ['Notify', 'Publish']],
    ['so is a refusal', change('INSERT', 'refused'), ['Notify', 'Publish']],
    ['an approval is told to nobody', change('INSERT', 'approved'), []],
    ['nor is an attempt', change('INSERT', 'acting'), []],
    ['a changed entry is told to on-call', change('MODIFY', 'approved'), ['Notify']],
    ['a removed entry is told to on-call', { eventName: 'REMOVE', dynamodb: { OldImage: {} } }, ['Notify']],
  ])('%s', (_what, record, expected) => {
    expect(streams.filter((name) => told(name, record))).toEqual(expected);
  });
});
