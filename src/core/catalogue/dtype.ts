import * as v from 'valibot';

/**
 * How numbers are stored in a graph file, and the ending that a file of that kind has before `.onnx` (transformers.js'
 * convention). In the order of preference: exact first, then 8 bits, then what a CPU only runs after converting it.
 */
const suffixes = {
  fp32: '',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  fp16: '_fp16',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const;

export type Dtype = keyof typeof suffixes;

/** Every dtype, the preferred one first. */
export const dtypes = Object.keys(suffixes) as readonly Dtype[];

/** The schema of a {@link Dtype}. */
export const dtypeSchema = v.picklist(dtypes);

/** The name of a graph file, such as `model_quantized.onnx` for `model` and `q8`. */
export function graphFileName(stem: string, dtype: Dtype): string {
  return `${stem}${suffixes[dtype]}.onnx`;
}
