import { jsonWire } from '../../wire/json.ts';

export const eventsWire = jsonWire('1.1', 'com.amazonaws.events');
