/** Why an ONNX file cannot be read (`it` is the file), or the attention in it cannot be shown. */
export const graph = {
  /** The bytes of the file. */
  protobuf: 'it is damaged or incomplete: it is not valid protobuf',
  message: 'it is damaged: a nested message has the wrong type',
  wireType: (field: number, type: number) => `it is damaged: field ${field} has wire type ${type}`,
  cut: 'it is damaged or incomplete: an entry is longer than the message around it',
  longName: (bytes: number) => `it contains a name of ${bytes} bytes`,

  /** The graph in it. */
  none: 'it contains no graph, so it is not an ONNX model',
  empty: 'its graph is empty, so it is not an ONNX model',
  branch: 'a branch has no graph',
  nested: (max: number) => `its branches are nested more than ${max} deep`,
  nodes: (max: number) => `it has more than ${max} nodes`,
  axes: (max: number) => `it has a tensor with more than ${max} axes`,
  inputs: (count: number) => `it has ${count} inputs`,
  cycle: 'its nodes form a cycle',
  large: 'its graph is larger or more complex than that of any known model',
  attentions: (max: number) => `it has more than ${max} attentions`,
  structure: 'the structure of its graph is not supported',

  /** Attention, each counted from 0. `by` is an operator, or a node with its operator. */
  nothing: 'no node of its graph computes softmax(query·key)·value, and it has no attention operator',
  functions: 'its nodes are in local functions of the file, which are not read',
  inside: (attention: number, by: string) =>
    `attention ${attention} is inside a ${by}, whose steps cannot be read one by one; export the model without it`,
  uneven: (attention: number, counts: readonly number[]) =>
    `the branches of an If have different numbers of attentions from attention ${attention} on ` +
    `(${counts.join(' and ')}); export one branch alone`,
  kinds: (attention: number) => `attention ${attention} is of a different kind in each branch of an If`,
  hidden: (attention: number, by: string) =>
    `attention ${attention} is computed inside ${by}, which does not output it; export the model without this operator`,
  otherForm: (attention: number, by: string) =>
    `attention ${attention} (${by}) already outputs its scores in another form`,
  invalid: (by: string, attribute: string) => `attention (${by}) has an invalid ${attribute}`,
  order: (by: string) =>
    `its weights are changed by ${by}, after which the graph does not tell the order of their axes`,
  moved: (softmax: string, by: string) =>
    `the attention of ${softmax} passes ${by} before it is multiplied with the values, which reorders its keys`,
  whole: (softmax: string, by: string) =>
    `the attention of ${softmax} is converted to whole numbers by ${by} before it is multiplied with the values`,
  /** The steps inside an operator (`by`). */
  steps: (by: string, what: string) => `the steps inside ${by} are not known with its ${what}`,
  packed: (by: string) => `the steps inside ${by} are not known where queries, keys and values are one input`,
  maskAxes: (by: string, axes: number | null) =>
    axes === null
      ? `the steps inside ${by} are not known, because the graph does not tell how many axes its mask has`
      : `the steps inside ${by} are not known with a mask of ${axes} axes`,
  unevenGroups: (by: string) => `the number of heads of ${by} is not a multiple of that of its keys`,
  opset: (by: string, version: number) =>
    `the steps inside ${by} cannot be written with version ${version} of ONNX’s operators`,
  noParts: 'its queries, keys and values were not found',
  noScoring: (scores: string, node: string | null) =>
    `its ${scores} are computed in a way that is not supported${node === null ? '' : ` (${node})`}`,
  /** Why an attention cannot be edited. */
  fused: (attention: number, by: string) =>
    `attention ${attention} is computed by one operator, ${by}, which cannot be edited`,
  aside: (attention: number) =>
    `attention ${attention} multiplies values with other weights, too, so it cannot be edited`,
  layout: (attention: number) => `the scores of attention ${attention} have an order of axes that cannot be edited`,
  version: (opset: number) => `its operators are of version ${opset}, which is too old for edits`,
  shared: (tensor: string) => `its tensor “${tensor}” belongs to several parts, so it cannot be edited`,
  depends: (input: string) => `the result also depends on the input “${input}”, so it cannot be computed alone`,
};

/** Why a part of the block around an attention was not found. */
export const block = {
  noProduct: 'no product with stored weights leads to it',
  severalProducts: 'several products with stored weights lead to it',
  cached: 'it comes from a cache',
  step: (node: string) => `${node} is not supported`,
  operator: (op: string) => `${op} computes the whole attention`,
  blocks: 'the graph computes it block by block',
  noOutput: 'no product with stored weights follows the values',
  gated: (gate: string) => `heads are multiplied by a gate, ${gate}, before the output projection`,
  noSum: 'the output projection is added to nothing',
  noFeedForward: 'nothing else is added to the same residual stream',
  notLinear: (node: string) => `${node} between projection and product is not linear`,
  nonlinearHead: (node: string) =>
    `they are not a sum of what was written to the residual stream: ${node} comes between and is not linear`,
  noNorm: 'the queries are computed neither from the residual stream nor from its norm',
};
