import { channelOf, linearOf, type Rgb } from './srgb.ts';

/** A colour in OKLab (Ottosson 2020): `lightness` from 0 to 1, `a` and `b` about −0.4 to 0.4. */
export interface Oklab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** OKLCH to OKLab; `hue` in degrees. */
export function oklch(lightness: number, chroma: number, hue: number): Oklab {
  const angle = (hue * Math.PI) / 180;
  return { lightness, a: chroma * Math.cos(angle), b: chroma * Math.sin(angle) };
}

/**
 * The sRGB colour of `colour`. One that sRGB cannot show keeps its lightness and hue and loses just as much chroma as
 * it has to.
 */
export function rgbOf(colour: Oklab): Rgb {
  let inside = 0;
  let outside = 1;
  if (fits(channels(colour))) return rounded(channels(colour));
  for (let step = 0; step < 16; step++) {
    const middle = (inside + outside) / 2;
    if (fits(channels(withChroma(colour, middle)))) inside = middle;
    else outside = middle;
  }
  return rounded(channels(withChroma(colour, inside)));
}

/** The OKLab colour of `rgb`. */
export function oklabOf({ red, green, blue }: Rgb): Oklab {
  const [r, g, b] = [linearOf(red), linearOf(green), linearOf(blue)];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  };
}

type Channels = readonly [red: number, green: number, blue: number];

function channels({ lightness, a, b }: Oklab): Channels {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    channelOf(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    channelOf(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    channelOf(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function withChroma({ lightness, a, b }: Oklab, factor: number): Oklab {
  return { lightness, a: a * factor, b: b * factor };
}

function fits(values: Channels): boolean {
  return values.every((value) => value >= -0.5 && value <= 255.5);
}

function rounded([red, green, blue]: Channels): Rgb {
  const whole = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  return { red: whole(red), green: whole(green), blue: whole(blue) };
}
