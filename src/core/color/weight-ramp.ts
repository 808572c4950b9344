import { blend, type Rgb } from './srgb.ts';

/** Weights below this are not seen: less than one step of an 8-bit channel. */
export const minVisible = 1 / 255;

/** Steps of a ramp, from weight 0 to weight 1. */
export const rampSteps = 256;

/** The step of a weight: by its square root, so that weak weights can be seen beside strong ones. */
export function rampStep(weight: number): number {
  return Math.round(Math.sqrt(Math.min(1, Math.max(0, weight))) * (rampSteps - 1));
}

/** The colours of all steps: `color` over `surface`, its opacity the square root of the weight. */
export function weightRamp(color: Rgb, surface: Rgb): readonly Rgb[] {
  return Array.from({ length: rampSteps }, (_, step) => blend(color, surface, step / (rampSteps - 1)));
}
