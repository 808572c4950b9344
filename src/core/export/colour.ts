/** Hues that a picture tells apart; heads beyond repeat them. */
export const hueCount = 12;
/** Degrees between neighbouring heads: five twelfths of the circle, so that neighbours differ most and all hues occur. */
const hueStep = 150;
const firstHue = 255;

/**
 * The colour of a head on a white ground as `#rrggbb`: one hue a head at OKLCH lightness 0.56 and chroma 0.14 (Ottosson 2020,
 * "A perceptual color space for image processing"), clipped to sRGB.
 */
export function headColour(head: number): string {
  const hue = ((firstHue + (head % hueCount) * hueStep) * Math.PI) / 180;
  return hex(linearOf(0.56, 0.14 * Math.cos(hue), 0.14 * Math.sin(hue)));
}

/** Oklab → linear sRGB. */
function linearOf(lightness: number, a: number, b: number): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function hex(linear: readonly number[]): string {
  const channels = linear.map((value) => {
    const clipped = Math.min(1, Math.max(0, value));
    const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255).toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
