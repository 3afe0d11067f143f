/**
 * Characters that make a spreadsheet take a cell for a formula, with the forms of them that Unicode compatibility
 * folds together: full width, small, superscript, subscript, and the dashes that a spreadsheet reads as a minus.
 * Source: OWASP, CSV Injection.
 */
const formulaStarts =
  '=\u{FF1D}\u{FE66}\u{207C}\u{208C}+\u{FF0B}\u{FE62}\u{207A}\u{208A}\u{FB29}\u{FF0D}\u{FE63}\u{207B}\u{208B}\u{2010}-\u{2015}\u{2212}@\u{FF20}\u{FE6B}\\-';

/**
 * Where a formula would begin: at the start of a cell, and behind whatever another country's spreadsheet separates
 * cells by. White space, quotes and what nobody sees may stand in between: some programs trim it. A cell that starts
 * with a tab or a line break is taken for one in any case.
 */
const beginning = new RegExp(
  `(?<=^|[,;|\\t\\n\\v\\f\\r\\u{85}\\u{2028}\\u{2029}])(?=[\\s\\p{C}"']*[${formulaStarts}])|^(?=[\\t\\n\\r])`,
  'gu',
);

/** A text that no spreadsheet takes for a formula: an apostrophe stands where one would begin. */
export function formulaSafe(text: string): string {
  return text.replace(beginning, "'");
}
