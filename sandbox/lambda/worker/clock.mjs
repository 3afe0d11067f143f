/**
 * The sandbox's clock inside a function: `Date` shows the time that the whole sandbox shares, so the function signs its
 * requests and computes its expiries by sandbox time.
 */
const RealDate = Date;

export function installClock(shared) {
  let shown = new Float64Array(shared);
  const now = () => shown[0];
  const wholeNow = () => Math.floor(now());

  // A proxy, not a subclass: every date there is stays an instance of Date.
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts, newTarget) =>
      Reflect.construct(target, parts.length === 0 ? [wholeNow()] : parts, newTarget),
    apply: () => new RealDate(wholeNow()).toString(),
    get: (target, key) => (key === 'now' ? wholeNow : Reflect.get(target, key)),
  });

  return {
    now,
    /** Goes by another world's clock from now on. */
    use(other) {
      shown = new Float64Array(other);
    },
  };
}
