/**
 * A number of an event as it is spelled. EventBridge compares it as a number where a double holds it exactly, and as
 * text otherwise. Source: aws/event-ruler, ComparableNumber.
 */
export class JsonNumber {
  readonly text: string;
  /** Null for a number that no double holds exactly. */
  readonly value: number | null;

  constructor(text: string) {
    const value = Number(text);
    this.text = text;
    this.value = Number.isFinite(value) && digitsOf(text) === digitsOf(String(value)) ? value : null;
  }
}

/** One spelling for each decimal number: its digits without outer zeros, and the power of ten of the last one. */
function digitsOf(text: string): string {
  const {
    sign = '',
    whole = '',
    fraction = '',
    exponent = '0',
  } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e(?<exponent>[+-]?\d+))?$/i.exec(text)?.groups ??
  {};
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
