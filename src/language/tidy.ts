/** A number to twelve digits: what scaling by a unit leaves behind them is rounding. */
export function tidy(value: number): number {
  // Whole numbers of so many digits are themselves already.
  return Number.isInteger(value) && Math.abs(value) < 1e12 ? value : Number(value.toPrecision(12));
}
