/** About how wide a name of 11 pixels is drawn; measuring it would cost a layout for each. */
export function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += /[\p{Lu}@%…]/u.test(sign) ? 7.7 : /[\d\u2212+]/.test(sign) ? 6.9 : 6;
  return width;
}

export const widest = (texts: string[]) => Math.max(0, ...texts.map(textWidth));
