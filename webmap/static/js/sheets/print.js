// Straight to the printer: the sheet alone on its own paper, by the browser's print window.

import { el } from "../ui/dom.js";

/** Print a picture of a paper of `size` mm; resolves once the print window is closed.
 * @param {Blob} blob
 * @param {import("./preview.js").Size} size */
export async function print(blob, { width, height }) {
  const image = el("img", { class: "export-print", alt: "" });
  image.src = URL.createObjectURL(blob);
  await image.decode();
  const paper = new CSSStyleSheet();
  paper.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0 }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
  document.body.append(image);
  try {
    window.print();
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== paper);
    image.remove();
    URL.revokeObjectURL(image.src);
  }
}
