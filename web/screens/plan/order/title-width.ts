/** How wide the button of a title is, in the font of the page. */
const PADDING = 26;

export function measureTitle(title: string): number {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return title.length * 8.5 + PADDING;
  pen.font = `500 15px ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(pen.measureText(title).width) + PADDING;
}
