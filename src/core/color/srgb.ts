/** A colour in sRGB, each channel an integer from 0 to 255. */
export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `#rrggbb`. */
export function hexOf({ red, green, blue }: Rgb): string {
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** `rgb(r g b / alpha)`, as CSS writes it; `alpha` from 0 to 1. */
export function cssOf({ red, green, blue }: Rgb, alpha = 1): string {
  return `rgb(${red} ${green} ${blue} / ${Number(alpha.toFixed(3))})`;
}

/** A colour as CSS writes it: `#rgb`, `#rrggbb`, `rgb(…)`, its opacity left out; null for anything else. */
export function rgbOfCss(css: string): Rgb | null {
  const text = css.trim();
  const hex = /^#(?:([\da-f]{3})[\da-f]?|([\da-f]{6})(?:[\da-f]{2})?)$/i.exec(text);
  const digits = hex && (hex[2] ?? hex[1]?.replace(/./g, '$&$&'));
  const channels = digits
    ? [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
    : text.startsWith('rgb')
      ? (text.match(/[\d.]+/g) ?? []).map((channel) => Math.round(Number(channel)))
      : [];
  const [red, green, blue] = channels;
  return red === undefined || green === undefined || blue === undefined ? null : { red, green, blue };
}

/** `over` with opacity `alpha` laid on `under`, channel by channel in sRGB as browsers do it. */
export function blend(over: Rgb, under: Rgb, alpha: number): Rgb {
  const mix = (a: number, b: number): number => Math.round(a * alpha + b * (1 - alpha));
  return { red: mix(over.red, under.red), green: mix(over.green, under.green), blue: mix(over.blue, under.blue) };
}

/** Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it. */
export function luminance({ red, green, blue }: Rgb): number {
  return 0.2126 * linearOf(red) + 0.7152 * linearOf(green) + 0.0722 * linearOf(blue);
}

/** Contrast ratio of two colours from 1 to 21, as WCAG 2.2 defines it. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Text must stand out from what is under it at least this much (WCAG 2.2, 1.4.3, AA). */
export const minContrast = 4.5;

const black: Rgb = { red: 0, green: 0, blue: 0 };
const white: Rgb = { red: 255, green: 255, blue: 255 };

/** Black or white, whichever stands out more from `background`: at least 4.58 : 1 whatever the background is. */
export function textOn(background: Rgb): Rgb {
  return contrast(black, background) >= contrast(white, background) ? black : white;
}

/** A channel from 0 to 255 in linear light, 0 to 1 (IEC 61966-2-1). */
export function linearOf(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light, 0 to 1, as an unrounded channel from 0 to 255; what lies outside stays outside. */
export function channelOf(linear: number): number {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return value * 255;
}
