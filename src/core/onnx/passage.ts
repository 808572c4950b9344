import { orderOf, transposed, type Axes } from './axes.ts';
import { type GraphNode, intOf } from './graph.ts';
import { einsumAxes } from './product.ts';
import type { Scope } from './scope.ts';
import { rankOf } from './shape.ts';
import { floatTypes, typeOf } from './type.ts';

/**
 * What a node makes of weights that pass it. `same`: the same numbers. `guarded`: the same, but for rows that were no
 * numbers; or a part of the heads. `masked`: the same, but for some that are 0. `cut`: without some keys. `scaled`: all
 * multiplied by one constant, `factor` where it is known. `rounded`: to 8 bits and fewer. `changed`: other numbers in
 * the same places. `moved`: keys are elsewhere, so that nothing can be said of them.
 */
export interface Passage {
  readonly effect: 'same' | 'guarded' | 'masked' | 'cut' | 'scaled' | 'rounded' | 'changed' | 'moved';
  readonly axes: Axes;
  readonly factor?: number | null;
}

/** Operators that hand numbers on as they are. */
export const handsOn: ReadonlySet<string> = new Set([
  'Identity',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Expand',
  'Flatten',
]);
const dropouts = new Set(['Dropout', 'BitmaskDropout']);
/** Operators of several tensors of one shape: weights may be any of their inputs. */
const ofSeveral = new Set(['Mul', 'Div', 'Add', 'Sub', 'Max', 'Min', 'Sum', 'Mean', 'Pow', 'Mod', 'PRelu']);
/** Operators that change each number, or each row, of their first input. */
const ofOne = new Set([
  'Clip',
  'Relu',
  'LeakyRelu',
  'ThresholdedRelu',
  'Elu',
  'Selu',
  'Celu',
  'Shrink',
  'Sigmoid',
  'HardSigmoid',
  'HardSwish',
  'Swish',
  'Mish',
  'Tanh',
  'Exp',
  'Log',
  'Sqrt',
  'Abs',
  'Neg',
  'Sign',
  'Floor',
  'Ceil',
  'Round',
  'Reciprocal',
  'Softplus',
  'Softsign',
  'Erf',
  'Gelu',
  'FastGelu',
  'QuickGelu',
  'BiasGelu',
  'Sin',
  'Cos',
  'Trilu',
  'ScatterND',
  'ScatterElements',
  'Scatter',
  'Softmax',
  'LogSoftmax',
  'Hardmax',
  'LpNormalization',
  'LayerNormalization',
  'SimplifiedLayerNormalization',
  'RMSNormalization',
  'BatchNormalization',
  'InstanceNormalization',
  'GroupNormalization',
  'MeanVarianceNormalization',
  'CumSum',
  'Conv',
  'FusedConv',
  'BiasAdd',
]);
/** Operators that put keys elsewhere when they work along their axis. */
const alongAxis = new Set([
  'Gather',
  'GatherElements',
  'Concat',
  'Split',
  'Compress',
  'TopK',
  'ReverseSequence',
  'GatherND',
  'Pad',
  'Tile',
  'Resize',
  'OneHot',
  'Unique',
]);
const quantises = new Set(['QuantizeLinear', 'DynamicQuantizeLinear', 'DequantizeLinear']);
/** Operators that take numbers from weights without handing the weights on. */
const readers =
  /^(Reduce\w+|ArgMax|ArgMin|Shape|Size|IsNaN|IsInf|Equal|Greater|GreaterOrEqual|Less|LessOrEqual|And|Or|Not|NonZero|MatMul|Gemm|Einsum|Cast|QLinearMatMul|MatMulInteger|FusedMatMul|If|Loop|Scan|Where|Transpose|CastLike)$/;

/** Those of them that make a statistic of weights, or a test. Sums are one unless something was multiplied before. */
const statistics =
  /^(Reduce(Max|Min|L1|L2|LogSum|LogSumExp|SumSquare|Prod)|ArgMax|ArgMin|Shape|Size|IsNaN|IsInf|Equal|Greater|GreaterOrEqual|Less|LessOrEqual|And|Or|Not|NonZero)$/;
const sums = /^Reduce(Sum|Mean)$/;

/** Scales of 8 bits that hold any weight from 0 to 1 in steps fine enough to be called rounding. */
const fineScale = { least: 0.99 / 255, most: 1 / 60 };

/** Whether nothing is known of what a node makes of weights. */
export function isUnknown({ op, domain }: GraphNode): boolean {
  return (
    !isKnown(domain) ||
    !(
      handsOn.has(op) ||
      dropouts.has(op) ||
      ofSeveral.has(op) ||
      ofOne.has(op) ||
      alongAxis.has(op) ||
      quantises.has(op) ||
      op === 'Slice' ||
      readers.test(op)
    )
  );
}

/** Whether weights that do not pass a node may meet values in it all the same, in a way that is not read. */
export function mayAverage(scope: Scope, node: GraphNode, input: number, isMultiplied: boolean): boolean {
  const { op, inputs } = node;
  if (statistics.test(op) || dropouts.has(op) || quantises.has(op) || (op === 'Where' && input === 0)) return false;
  if (sums.test(op)) return input === 0 && isMultiplied;
  if (op === 'Reshape' || op === 'Transpose') return input === 0;
  if (op.startsWith('Scatter')) return input === 2;
  return inputs.some((other, at) => at !== input && other !== '' && scope.sourcesOf(other) !== 0n);
}

/** How weights pass a node that reads them at one of its inputs; null where they do not. */
export function passageOf(scope: Scope, node: GraphNode, input: number, axes: Axes): Passage | null {
  const { op } = node;
  if (!isKnown(node.domain)) return null;
  const here = (effect: Passage['effect']): Passage => ({ effect, axes });
  if (op === 'Reshape' || op === 'Flatten') return input === 0 && orderOf(axes) !== null ? here('same') : null;
  if (handsOn.has(op)) return input === 0 ? here('same') : null;
  if (dropouts.has(op)) return input === 0 ? here(isTraining(scope, node) ? 'changed' : 'same') : null;
  if (op === 'Cast') return here(floatTypes.has(intOf(node, 'to', 0)) ? 'same' : 'changed');
  if (op === 'CastLike') return input === 0 ? here(castEffect(scope, node)) : null;
  if (op === 'Transpose') {
    const moved = transposed(node, axes);
    return moved && { effect: 'same', axes: moved };
  }
  if (quantises.has(op)) return input === 0 ? here(isFine(scope, node) ? 'rounded' : 'changed') : null;
  if (op === 'Mul' || op === 'Div') return scaling(scope, node, input, axes) ?? here('changed');
  if (ofSeveral.has(op)) return here('changed');
  if (op === 'Where') return input === 0 ? null : here(choiceEffect(scope, node, input));
  if (ofOne.has(op)) return input === 0 ? here('changed') : null;
  if (op === 'Slice') return input === 0 ? here(sliceEffect(scope, node, axes)) : null;
  if (alongAxis.has(op)) return input === 0 || op === 'Concat' ? here(axisEffect(scope, node, input, axes)) : null;
  return mixed(node, input, axes);
}

/** ONNX's own operators and onnxruntime's: in another domain a name may mean anything. */
function isKnown(domain: string): boolean {
  return domain === '' || domain === 'com.microsoft';
}

/** A cast to the type of another tensor: where the graph does not tell that, what comes out is what is read. */
function castEffect(scope: Scope, node: GraphNode): Passage['effect'] {
  const type = typeOf(scope, node.inputs[1] ?? '');
  return type === null ? 'guarded' : floatTypes.has(type) ? 'same' : 'changed';
}

/** Whether a dropout is told to drop: its third input, false where it is left out. */
function isTraining(scope: Scope, node: GraphNode): boolean {
  const mode = node.inputs[2] ?? '';
  return mode !== '' && scope.number(mode) !== 0;
}

/** Multiplied or divided by one stored number. Zero and negative ones are no scale; other weights come out. */
function scaling(scope: Scope, node: GraphNode, input: number, axes: Axes): Passage | null {
  if (node.op === 'Div' && input !== 0) return null;
  const other = node.inputs[1 - input] ?? '';
  const stored = scope.stored(other);
  const isOne = stored ? stored.dims.every((dim) => dim === 1) : scope.number(other) !== null;
  if (!isOne || scope.sourcesOf(other) !== 0n) return null;
  const number = scope.number(other);
  const factor = number !== null && node.op === 'Div' ? 1 / number : number;
  if (factor === 1) return { effect: 'same', axes };
  return factor === null || (factor > 0 && Number.isFinite(factor)) ? { effect: 'scaled', factor, axes } : null;
}

/**
 * Zeros in place of some weights. torch guards so against rows in which every key is masked: what is no number becomes
 * 0.
 */
function choiceEffect(scope: Scope, node: GraphNode, input: number): Passage['effect'] {
  if (scope.number(node.inputs[3 - input] ?? '') !== 0) return 'changed';
  const test = scope.producerOf(node.inputs[0] ?? '')?.node;
  return test?.op === 'IsNaN' && test.inputs[0] === node.inputs[input] ? 'guarded' : 'masked';
}

function isFine(scope: Scope, node: GraphNode): boolean {
  if (node.op !== 'QuantizeLinear') return true;
  const scale = scope.number(node.inputs[1] ?? '');
  return scale === null || (scale >= fineScale.least && scale <= fineScale.most);
}

function sliceEffect(scope: Scope, node: GraphNode, axes: Axes): Passage['effect'] {
  const [, , , along = '', stepsName = ''] = node.inputs;
  const list = node.attributes.get('axes')?.ints ?? (along === '' ? null : scope.integers(along));
  const steps = stepsName === '' ? [] : (scope.integers(stepsName) ?? [-1]);
  const sides = list?.map((axis) => sideOf(scope, node.inputs[0] ?? '', axis, axes)) ?? [null];
  if (sides.some((side, at) => side !== 'other' && (steps[at] ?? 1) !== 1)) return 'moved';
  if (sides.every((side) => side === 'other')) return 'guarded';
  return 'cut';
}

function axisEffect(scope: Scope, node: GraphNode, input: number, axes: Axes): Passage['effect'] {
  if (!['Gather', 'Concat', 'Split'].includes(node.op)) return 'moved';
  const side = sideOf(scope, node.inputs[input] ?? '', intOf(node, 'axis', 0), axes);
  if (side !== 'other') return 'moved';
  // The pieces of a split are averaged each for itself: together they are the weights as they were.
  return node.op === 'Split' ? 'same' : 'guarded';
}

/** Whether an axis is one of the map's, or another one; null when the graph does not tell. */
function sideOf(scope: Scope, tensor: string, axis: number, axes: Axes): 'map' | 'other' | null {
  const rank = axis < 0 ? 0 : rankOf(scope, tensor);
  if (rank === null) return null;
  const fromEnd = axis - rank;
  return fromEnd === axes.query || fromEnd === axes.key ? 'map' : 'other';
}

/**
 * Heads that are mixed after the softmax (“talking heads”, Shazeer et al. 2020): a product over an axis that is neither
 * queries nor keys.
 */
function mixed(node: GraphNode, input: number, axes: Axes): Passage | null {
  if (node.op === 'Einsum') {
    const moved = einsumAxes(node, input, axes);
    return moved && { effect: 'changed', axes: moved };
  }
  if (node.op !== 'MatMul' || input > 1) return null;
  const summed = input === 0 ? -1 : -2;
  return axes.query === summed || axes.key === summed ? null : { effect: 'changed', axes };
}
