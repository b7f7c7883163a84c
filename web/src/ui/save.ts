/** Files made in the browser. */

export function save({ name, blob }: { name: string; blob: Blob }): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have begun reading before the address may go.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A drawing on the page. */
export function drawingAt(selector: string): SVGSVGElement {
  const found = document.querySelector<SVGSVGElement>(selector);
  if (!found) throw new Error(`${selector} is not on the page`);
  return found;
}

/** A drawing on the page as an SVG file that stands on its own: the colours and fonts of the style sheet written into it. */
export function svgFile(drawing: SVGSVGElement, name: string): { name: string; blob: Blob } {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("width", String(Math.round(width)));
  copy.setAttribute("height", String(Math.round(height)));
  const [before, after] = [drawing, copy].map((one) => [one, ...one.querySelectorAll("*")]);
  before?.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const property of ["fill", "stroke", "stroke-width", "font-family", "font-size", "text-anchor"]) {
      after?.[index]?.setAttribute(property, style.getPropertyValue(property));
    }
  });
  return { name, blob: new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }) };
}

/** The same as a picture of twice its size on the page, on the page's own ground. */
export async function pngFile(drawing: SVGSVGElement, name: string): Promise<{ name: string; blob: Blob }> {
  const { width, height } = drawing.getBoundingClientRect();
  const image = new Image();
  // A data: address, as the content security policy allows no other for pictures made here.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await svgFile(drawing, name).blob.text())}`;
  await image.decode();
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [width * 2, height * 2];
  const pen = sheet.getContext("2d");
  if (!pen) throw new Error("this browser draws nothing on a canvas");
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(image, 0, 0, sheet.width, sheet.height);
  return new Promise((give, refuse) => sheet.toBlob((blob) => (blob ? give({ name, blob }) : refuse(new Error("no picture"))), "image/png"));
}
