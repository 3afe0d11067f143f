import { by, lead, queue, type RuleCases, second, twoNeeded, withoutField } from './cases.ts';

const approver = 'detail.approvals[0].approver';
const ofTask = (settings: object) => ({ tasks: { 'unlock-s3-bucket': settings } });
const others = ['other@example.com', 'another@example.com'];
const everybody = { approvers: ['*@example.com'] };

/** A look-alike of a listed approver: refused on the exact list, and under a pattern too. */
const lookAlikes = (text: string) =>
  ({
    [`${text} on an exact list`]: {
      event: { 'detail.approvals': [by(text)] },
      codes: ['address-not-plain', 'approver-not-listed', 'too-few-approvals'],
      at: [approver],
    },
    [`${text} under a pattern`]: {
      event: { 'detail.approvals': [by(text)] },
      settings: everybody,
      codes: ['address-not-plain', 'approver-not-listed', 'too-few-approvals'],
      at: [approver],
    },
  }) as const;

export const peopleCases = {
  'every address a plain one': {
    allowed: {
      'in capitals': { event: { 'detail.approvals': [by('LEAD@Example.Com')] } },
      'with blanks around': { event: { 'detail.approvals': [by(' lead@example.com\u00a0')] } },
      'a requester with a tag and an apostrophe': {
        event: { 'detail.requestedBy': "d.o'hara+aws@dev.example.co.uk" },
      },
    },
    refused: {
      ...lookAlikes('le\u0430d@example.com'), // Cyrillic a
      ...lookAlikes('lead@ex\u0430mple.com'),
      ...lookAlikes('\uff4c\uff45\uff41\uff44@example.com'), // full-width letters
      ...lookAlikes('lead\uff20example.com'), // full-width @
      ...lookAlikes('second.l\u0131ne@example.com'), // Turkish dotless i
      ...lookAlikes('L\u0130NE@example.com'), // Turkish dotted capital I
      ...lookAlikes('\u212aate@example.com'), // Kelvin sign: lower case makes an ASCII k of it
      ...lookAlikes('le\u0301ad@example.com'), // combining acute accent
      ...lookAlikes('lead\ufe0f@example.com'), // variation selector
      ...lookAlikes('lead\u3164@example.com'), // Hangul filler: a letter that shows nothing
      ...lookAlikes('lead@example.com.'),
      ...lookAlikes('Lead <lead@example.com>'),
      ...lookAlikes('lead@evil.example, lead@example.com'),
      ...lookAlikes('"lead"@example.com'),
      ...lookAlikes('*@example.com'),
      'a requester with a look-alike letter': {
        event: { 'detail.requestedBy': 'd\u0435v@example.com' },
        codes: ['address-not-plain'],
        at: ['detail.requestedBy'],
      },
      'a requester who is no address': {
        event: { 'detail.requestedBy': 'dev' },
        codes: ['address-not-plain'],
        at: ['detail.requestedBy'],
      },
      'requester and second approver': {
        event: { 'detail.requestedBy': 'd\u00e9v@example.com', 'detail.approvals': [lead, by('x')] },
        codes: ['address-not-plain', 'address-not-plain', 'approver-not-listed'],
        at: ['detail.requestedBy', 'detail.approvals[1].approver'],
      },
    },
    undecidable: { 'no requester': withoutField('requestedBy'), 'no approvals': withoutField('approvals') },
  },
  'the requester may request': {
    allowed: {
      'anybody, where no list is given': { event: { 'detail.requestedBy': 'anybody@elsewhere.example' } },
      'on the common list, in another spelling': {
        event: { 'detail.requestedBy': ' DEV@example.com' },
        settings: { requesters: ['Dev@Example.com'] },
      },
      'of a domain on the list': { settings: { requesters: ['*@Example.com'] } },
      'with a tag, of a domain on the list': {
        event: { 'detail.requestedBy': 'dev+aws@example.com' },
        settings: { requesters: ['*@example.com'] },
      },
      "on the task's list, which replaces the common one": {
        settings: { requesters: ['other@example.com'], ...ofTask({ requesters: ['dev@example.com'] }) },
      },
      "on another task's list only: it does not count here": {
        settings: { tasks: { 'unlock-sqs-queue': { requesters: ['other@example.com'] } } },
      },
    },
    refused: {
      'somebody else': {
        settings: { requesters: ['other@example.com'] },
        codes: ['requester-not-listed'],
        at: ['detail.requestedBy'],
      },
      'of a subdomain': {
        event: { 'detail.requestedBy': 'dev@sub.example.com' },
        settings: { requesters: ['*@example.com'] },
        codes: ['requester-not-listed'],
        at: ['detail.requestedBy'],
      },
      'of a domain that ends the same': {
        event: { 'detail.requestedBy': 'dev@badexample.com' },
        settings: { requesters: ['*@example.com'] },
        codes: ['requester-not-listed'],
        at: ['detail.requestedBy'],
      },
      'with a tag, where the address is listed without': {
        event: { 'detail.requestedBy': 'dev+aws@example.com' },
        settings: { requesters: ['dev@example.com'] },
        codes: ['requester-not-listed'],
        at: ['detail.requestedBy'],
      },
      'on the common list, where the task has its own': {
        settings: { requesters: ['dev@example.com'], ...ofTask({ requesters: ['other@example.com'] }) },
        codes: ['requester-not-listed'],
        at: ['detail.requestedBy'],
      },
      'a look-alike of somebody on the list': {
        event: { 'detail.requestedBy': 'd\u0435v@example.com' },
        settings: { requesters: ['dev@example.com', '*@example.com'] },
        codes: ['address-not-plain', 'requester-not-listed'],
        at: ['detail.requestedBy'],
      },
    },
    undecidable: {
      'no settings of tasks': ({ settings }) => ({ settings: { ...settings, tasks: undefined } }),
      'a list that is none': ({ settings }) => ({ settings: { ...settings, requesters: null } }),
    },
  },
  'every approver on the list': {
    allowed: {
      'in capitals': { event: { 'detail.approvals': [by('LEAD@Example.Com')] } },
      'with blanks around': { event: { 'detail.approvals': [by(' lead@example.com\u00a0')] } },
      'of a domain on the list': {
        event: { 'detail.approvals': [by('Anybody@example.com')] },
        settings: { approvers: ['*@EXAMPLE.com'] },
      },
      'with a tag, of a domain on the list': {
        event: { 'detail.approvals': [by('lead+aws@example.com')] },
        settings: everybody,
      },
      "on the source's own list": {
        event: { 'detail.approvals': [by('other@example.com')] },
        settings: { 'ticketSources.0.approvers': others },
      },
      "on the task's own list": {
        event: { 'detail.approvals': [by('other@example.com')] },
        settings: ofTask({ approvers: ['other@example.com'] }),
      },
      "on the source's list and on the task's, a pattern one of them": {
        event: { 'detail.approvals': [by('other@example.com')] },
        settings: {
          'ticketSources.0.approvers': ['*@example.com'],
          ...ofTask({ approvers: ['other@example.com'] }),
        },
      },
      "another task's list does not count here": {
        settings: { tasks: { 'unlock-sqs-queue': { approvers: ['other@example.com'] } } },
      },
    },
    refused: {
      'somebody else': {
        event: { 'detail.approvals': [by('intern@example.com')] },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      'somebody else beside one who may': {
        event: { 'detail.approvals': [lead, by('intern@example.com')] },
        codes: ['approver-not-listed'],
        at: ['detail.approvals[1].approver'],
      },
      'of a subdomain': {
        event: { 'detail.approvals': [by('lead@sub.example.com')] },
        settings: everybody,
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      'of a domain that ends the same': {
        event: { 'detail.approvals': [by('lead@notexample.com')] },
        settings: everybody,
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      'with a tag, where the address is listed without': {
        event: { 'detail.approvals': [by('lead+aws@example.com')] },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      'on the common list, where the source has its own': {
        settings: { 'ticketSources.0.approvers': others },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      'on the common list, where the task has its own': {
        event: queue(),
        settings: { tasks: { 'unlock-sqs-queue': { approvers: ['other@example.com'] } } },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      "on the source's list, not on the task's": {
        settings: {
          'ticketSources.0.approvers': ['lead@example.com', 'other@example.com'],
          ...ofTask({ approvers: ['other@example.com'] }),
        },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
      "on the task's list, not on the source's": {
        settings: {
          'ticketSources.0.approvers': others,
          ...ofTask({ approvers: ['*@example.com'] }),
        },
        codes: ['approver-not-listed', 'too-few-approvals'],
        at: [approver],
      },
    },
    undecidable: {
      'no lists': () => ({ approverLists: undefined }),
      'a list without entries': () => ({ approverLists: [{ path: ['approvers'] }] }),
    },
  },
  'every approver once': {
    allowed: { 'two people': { event: { 'detail.approvals': [lead, second] } } },
    refused: {
      twice: {
        event: { 'detail.approvals': [lead, lead] },
        codes: ['approver-listed-twice'],
        at: ['detail.approvals[1].approver'],
      },
      'twice in two spellings, where two are needed': {
        event: { 'detail.approvals': [lead, by('Lead@Example.com')] },
        settings: twoNeeded,
        codes: ['approver-listed-twice', 'too-few-approvals'],
        at: ['detail.approvals[1].approver'],
      },
      'twice with blanks, where two are needed': {
        event: { 'detail.approvals': [lead, by(' lead@example.com ')] },
        settings: twoNeeded,
        codes: ['approver-listed-twice', 'too-few-approvals'],
        at: ['detail.approvals[1].approver'],
      },
      'twice with a tag under a pattern, where two are needed': {
        event: { 'detail.approvals': [by('lead+one@example.com'), by('LEAD+two+three@example.com')] },
        settings: { ...twoNeeded, ...everybody },
        codes: ['approver-listed-twice', 'too-few-approvals'],
        at: ['detail.approvals[1].approver'],
      },
      'twice with a tag that is listed, where two are needed': {
        event: { 'detail.approvals': [lead, by('lead+aws@example.com')] },
        settings: { ...twoNeeded, approvers: ['lead@example.com', 'lead+aws@example.com', 'x@example.com'] },
        codes: ['approver-listed-twice', 'too-few-approvals'],
        at: ['detail.approvals[1].approver'],
      },
      'once more in full-width letters': {
        event: { 'detail.approvals': [lead, by('\uff4c\uff45\uff41\uff44@example.com')] },
        codes: ['address-not-plain', 'approver-not-listed', 'approver-listed-twice'],
        at: ['detail.approvals[1].approver'],
      },
    },
    undecidable: { 'no approvals': withoutField('approvals') },
  },
  'the requester is no approver': {
    allowed: {
      'somebody with the same name elsewhere': { event: { 'detail.requestedBy': 'lead@elsewhere.example' } },
    },
    refused: Object.fromEntries(
      [
        'lead@example.com',
        ' Lead@EXAMPLE.com',
        'lead@example.com\u3000',
        'lead+me@example.com',
        'LEAD+a+b@example.com ',
      ].map((requestedBy) => [
        `who is "${requestedBy}"`,
        {
          event: { 'detail.requestedBy': requestedBy },
          codes: ['requester-approved', 'too-few-approvals'],
          at: [approver],
        },
      ]),
    ),
    undecidable: { 'no requester': withoutField('requestedBy') },
  },
} as const satisfies Record<string, RuleCases>;
