import type { ModelEdit } from './edit.ts';
import { unexposable } from './error.ts';
import type { Found, TensorPlace } from './find.ts';
import { opsetOf } from './graph.ts';
import { reveal } from './reveal.ts';
import type { Scope } from './scope.ts';
import { rankOf } from './shape.ts';
import { elementTypes, floatTypes, typeOf } from './type.ts';
import type { NewNode } from './write.ts';

/**
 * The inputs by which an attention is edited, floats `[heads or 1, queries or 1, keys or 1]` whatever its own layout:
 * the scores become `scores · factor + bias`, the weights `weights · keep + pattern + moved · share`, and what is
 * multiplied with the values is these weights times `gate`. `moved` is the sum of a query's weights of the keys at the
 * places in `from`, `[1, 1, places]`: with them shared out evenly over some keys a query receives the mean of the
 * values of those. With 1 as factor, keep and gate and 0 as the others nothing changes, to the last bit. Heads of a
 * batch lie one after the other.
 */
export interface EditInputs {
  readonly factor: string;
  readonly bias: string;
  readonly keep: string;
  readonly pattern: string;
  readonly from: string;
  readonly share: string;
  readonly gate: string;
}

/** The names of {@link EditInputs}, and the value of each that changes nothing. */
export const neutral: Readonly<Record<keyof EditInputs, number>> = {
  factor: 1,
  bias: 0,
  keep: 1,
  pattern: 0,
  from: 0,
  share: 0,
  gate: 1,
};

/** Inputs as `make` adds them, by their names and the value that changes nothing. */
export function editInputs(make: (name: keyof EditInputs, value: number) => string): EditInputs {
  const { factor, bias, keep, pattern, from, share, gate } = neutral;
  return {
    factor: make('factor', factor),
    bias: make('bias', bias),
    keep: make('keep', keep),
    pattern: make('pattern', pattern),
    from: make('from', from),
    share: make('share', share),
    gate: make('gate', gate),
  };
}

/** Slices, shapes and expansions by tensors are there from this version of the operators on. */
const oldest = 11;
/** From this version on a tensor is cast to the type of another; before, the type has to be known. */
const castLike = 15;
/** From this version on the axes of a sum are an input. */
const axesAsInput = 13;
/** Whole numbers of 64 bits, as TensorProto.DataType numbers them. */
const integers = 7;
/** The end of an axis, as slices say it. */
const last = 2 ** 31 - 1;

/**
 * Makes an attention editable by inputs of the model, and gives the tensor of the weights that are shown: edited, but
 * before the gate, since a row of zeros would say nothing of a head that is switched off. `name` is that tensor's,
 * `layer` counts attentions from 0, for messages. Throws GraphError for an attention that cannot be edited.
 */
export function editAttention(edit: ModelEdit, found: Found, inputs: EditInputs, name: string, layer: number): string {
  const { place, scope, finding } = found;
  switch (place.in) {
    case 'operator':
      throw unexposable((says) => says.fused(layer, finding.op), { op: finding.op, layer });
    case 'branches': {
      for (const branch of place.branches)
        edit.addOutput(branch.scope, editAttention(edit, branch, inputs, `${name}.branch`, layer));
      const output = edit.fresh(name);
      edit.appendOutput(place.node, output);
      return output;
    }
    case 'tensor': {
      if (finding.changes.some(({ how }) => how === 'aside')) throw unexposable((says) => says.aside(layer));
      // Its scores stand block by block, not a row for each query.
      if (finding.blocks) throw unexposable((says) => says.layout(layer));
      const shown = editTensors(edit, scope, { place, scores: finding.scores ?? '' }, inputs, layer);
      const tensor = reveal(edit, { ...found, place: { ...place, tensor: shown } }, name, layer);
      // What is given back gets a name that is no tensor of the computation.
      return tensor === shown ? edit.add(scope, name, { op: 'Identity', inputs: [shown] }) : tensor;
    }
  }
}

/** The tensors of an attention that are edited: what its softmax reads, and what multiplies the values. */
export interface EditedTensors {
  readonly scores: string;
  readonly place: Pick<TensorPlace, 'tensor' | 'turned' | 'headsInside'>;
}

/** Edits the scores and the weights of an attention; gives the weights before the gate. Throws GraphError. */
export function editTensors(
  edit: ModelEdit,
  scope: Scope,
  { place, scores }: EditedTensors,
  { factor, bias, keep, pattern, from, share, gate }: EditInputs,
  layer: number,
): string {
  const opset = opsetOf(edit.model);
  if (opset < oldest) throw unexposable((says) => says.version(opset));
  if (place.headsInside && rankOf(scope, scores) === 3) throw unexposable((says) => says.layout(layer));
  const before = new Layout(edit, scope, scores, { ...place, turned: false });
  edit.replaceTensor(scope, scores, (own) => {
    const scaled = edit.add(scope, `${factor}.scores`, { op: 'Mul', inputs: [own, before.fitted(own, factor)] });
    return { op: 'Add', inputs: [scaled, before.fitted(own, bias, { isPadded: true })] };
  });
  const after = new Layout(edit, scope, place.tensor, place);
  let shown = '';
  edit.replaceTensor(scope, place.tensor, (own) => {
    const kept = edit.add(scope, `${keep}.weights`, { op: 'Mul', inputs: [own, after.fitted(own, keep)] });
    const moved = after.sumOf(own, from);
    // The small tensors first: where nothing is edited, one of them is added to the weights, as long as the queries.
    const shared = edit.add(scope, `${share}.weights`, { op: 'Mul', inputs: [moved, after.fitted(own, share)] });
    const given = edit.add(scope, `${pattern}.given`, { op: 'Add', inputs: [shared, after.fitted(own, pattern)] });
    shown = edit.add(scope, `${pattern}.weights`, { op: 'Add', inputs: [kept, given] });
    return { op: 'Mul', inputs: [shown, after.fitted(own, gate)] };
  });
  return shown;
}

/** Multiplies a tensor with an input of one number, which leaves it as it is at 1. Throws GraphError. */
export function gateTensor(edit: ModelEdit, scope: Scope, tensor: string, gate: string): void {
  const layout = new Layout(edit, scope, tensor, { turned: false, headsInside: false });
  edit.replaceTensor(scope, tensor, (own) => ({ op: 'Mul', inputs: [own, layout.typed(own, gate)] }));
}

/** How the axes of a tensor lie, and what fits an input `[heads, queries, keys]` to it. */
class Layout {
  readonly #edit: ModelEdit;
  readonly #scope: Scope;
  readonly #place: Pick<TensorPlace, 'turned' | 'headsInside'>;
  readonly #rank: number | null;
  readonly #type: number | null;
  /** The axes before the last two, and their product, once for all inputs. */
  #leading: { readonly sizes: string; readonly ones: string } | null = null;

  constructor(edit: ModelEdit, scope: Scope, tensor: string, place: Pick<TensorPlace, 'turned' | 'headsInside'>) {
    this.#edit = edit;
    this.#scope = scope;
    this.#place = place;
    this.#rank = rankOf(scope, tensor);
    this.#type = typeOf(scope, tensor);
  }

  /**
   * An input in the order of axes and in the type of a tensor. Heads may be several axes (`[batch, groups, heads,
   * queries, keys]`) or one with the batch: the axes before the last two are taken over from the tensor. `isPadded`
   * puts zeros behind the keys where the tensor has more of them than the input, sinks that are no tokens.
   */
  fitted(tensor: string, input: string, { isPadded = false }: { readonly isPadded?: boolean } = {}): string {
    if (this.#place.headsInside)
      return this.typed(tensor, this.#node(input, 'Transpose', [input], { perm: [1, 0, 2] }));
    const turned = this.#place.turned ? this.#node(input, 'Transpose', [input], { perm: [0, 2, 1] }) : input;
    const widened = isPadded ? this.#padded(tensor, input, turned) : turned;
    const ends = this.#sliced(input, this.#node(input, 'Shape', [widened]), -2, last);
    if (this.#rank === 2) return this.typed(tensor, this.#node(input, 'Reshape', [widened, ends]));
    const { sizes, ones } = this.#leadingOf(tensor, input);
    const every = this.#node(input, 'Expand', [widened, ones]);
    const shape = this.#node(input, 'Concat', [sizes, ends], { axis: 0 });
    return this.typed(tensor, this.#node(input, 'Reshape', [every, shape]));
  }

  /** The sum of the keys of a tensor at the places that an input lists, its axis of keys kept with a length of 1. */
  sumOf(tensor: string, input: string): string {
    const flat = this.#edit.addIntegers(this.#scope, `${input}.flat`, [-1]);
    const list = this.#node(input, 'Reshape', [input, flat]);
    const places = this.#node(input, 'Cast', [list], { to: integers });
    const axis = this.#place.turned ? -2 : -1;
    const found = this.#node(input, 'Gather', [tensor, places], { axis });
    if (opsetOf(this.#edit.model) < axesAsInput)
      return this.#node(input, 'ReduceSum', [found], { axes: [axis], keepdims: 1 });
    const axes = this.#edit.addIntegers(this.#scope, `${input}.axes`, [axis]);
    return this.#node(input, 'ReduceSum', [found, axes], { keepdims: 1 });
  }

  /** Floats in the type of a tensor. */
  typed(tensor: string, floats: string): string {
    const type = this.#type;
    if (type === null && opsetOf(this.#edit.model) >= castLike) return this.#node(floats, 'CastLike', [floats, tensor]);
    const to = type !== null && floatTypes.has(type) ? type : elementTypes.float;
    return to === elementTypes.float ? floats : this.#node(floats, 'Cast', [floats], { to });
  }

  /** Keys that are no tokens lie behind those that are; an input for all keys alike is left so. */
  #padded(tensor: string, input: string, given: string): string {
    const keys = (of: string): string => this.#sliced(input, this.#node(input, 'Shape', [of]), -1, last);
    const [wanted, own] = [keys(tensor), keys(given)];
    const missing = this.#node(input, 'Sub', [wanted, own]);
    const none = this.#edit.addIntegers(this.#scope, `${input}.none`, [0, 0, 0, 0, 0]);
    const pads = this.#node(input, 'Concat', [none, missing], { axis: 0 });
    return this.#node(input, 'Pad', [given, pads]);
  }

  #leadingOf(tensor: string, input: string): { readonly sizes: string; readonly ones: string } {
    if (this.#leading === null) {
      const sizes = this.#sliced(input, this.#node(input, 'Shape', [tensor]), 0, -2);
      const count = this.#node(input, 'ReduceProd', [sizes], { keepdims: 1 });
      const one = this.#edit.addIntegers(this.#scope, `${input}.one`, [1, 1]);
      this.#leading = { sizes, ones: this.#node(input, 'Concat', [count, one], { axis: 0 }) };
    }
    return this.#leading;
  }

  #sliced(name: string, tensor: string, from: number, to: number): string {
    const [start, end] = [from, to].map((at) => this.#edit.addIntegers(this.#scope, `${name}.at`, [at]));
    return this.#node(name, 'Slice', [tensor, start ?? '', end ?? '']);
  }

  #node(name: string, op: string, inputs: readonly string[], attributes: NewNode['attributes'] = {}): string {
    return this.#edit.add(this.#scope, `${name}.${op}`, { op, inputs, attributes });
  }
}
