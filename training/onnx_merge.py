"""One decoder file from two graphs: `If(use_cache_branch)` runs the step with the cache or the whole target without it.

This is the shape of the merged decoders that hub exports have. Weights are stored once, in the outer graph.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def _lift_weights(graph, outer):
    """Move a branch's initialisers out to the list `outer` of `(name, array, tensor)`; equal ones become one."""
    rename = {}
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        for name, other, _ in outer:
            if other.dtype == array.dtype and other.shape == array.shape and np.array_equal(other, array):
                rename[tensor.name] = name
                break
        else:
            name = f"weight_{len(outer)}" if tensor.name.startswith("onnx::") else tensor.name
            copy = numpy_helper.from_array(array, name)
            outer.append((name, array, copy))
            rename[tensor.name] = name
    for node in graph.node:
        for position, name in enumerate(node.input):
            node.input[position] = rename.get(name, name)


def _branch(graph, name, outputs):
    """The graph as a branch: no inputs of its own, `outputs` in order, absent ones handed through from the outer inputs."""
    own = {o.name: o for o in graph.output}
    nodes, results = [n for n in graph.node], []
    inner = {o: f"{name}.{o}" for o in own}
    for node in nodes:
        for position, output in enumerate(node.output):
            node.output[position] = inner.get(output, output)
        for position, given in enumerate(node.input):
            node.input[position] = inner.get(given, given)
    for output, passed in outputs:
        if output not in own:
            nodes.append(helper.make_node("Identity", [passed], [f"{name}.{output}"], name=f"/{name}/{output}/Identity"))
        results.append(helper.make_tensor_value_info(f"{name}.{output}", TensorProto.FLOAT, None))
    return helper.make_graph(nodes, name, [], results)


def merge(without_cache, with_cache, path):
    """Merge two ONNX files into `path`.

    Outputs are those of `without_cache`; one that `with_cache` lacks (`present.N.encoder.*`) is its `past_key_values` input.
    """
    plain, cached = onnx.load(str(without_cache)), onnx.load(str(with_cache))
    outputs = [(o.name, o.name.replace("present.", "past_key_values.")) for o in plain.graph.output]
    weights = []
    for model in (plain, cached):
        _lift_weights(model.graph, weights)
    inputs = {i.name: i for i in [*plain.graph.input, *cached.graph.input]}
    names = [*inputs.values(), helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])]
    choice = helper.make_node("If", ["use_cache_branch"], [o for o, _ in outputs], name="use_cache",
                              then_branch=_branch(cached.graph, "with_cache", outputs),
                              else_branch=_branch(plain.graph, "without_cache", outputs))
    graph = helper.make_graph([choice], "decoder_model_merged", names, list(plain.graph.output), [t for _, _, t in weights])
    merged = helper.make_model(graph, opset_imports=plain.opset_import, ir_version=plain.ir_version)
    onnx.checker.check_model(merged)
    onnx.save(merged, str(path))
