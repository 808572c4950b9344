"""Halve an exported graph: large fp32 initialisers become fp16 with a Cast back to fp32, equal ones are stored once.

All arithmetic stays in fp32, so a model whose weights were rounded to fp16 before the export computes the same numbers.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 256  # elements; smaller tensors stay as they are


def _stored_once(graph):
    """Replace an initialiser that equals another one, or its transpose, by a reference to it."""
    kept, first_nodes, rename = [], [], {}
    for tensor in list(graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.size < SMALLEST or array.dtype != np.float32:
            continue
        for name, other in kept:
            if other.shape == array.shape and np.array_equal(other, array):
                rename[tensor.name] = name
                graph.initializer.remove(tensor)
                break
            if array.ndim == 2 and other.shape == array.shape[::-1] and np.array_equal(other.T, array):
                first_nodes.append(helper.make_node("Transpose", [name], [tensor.name], name=f"/{name}/Transpose", perm=[1, 0]))
                graph.initializer.remove(tensor)
                break
        else:
            kept.append((tensor.name, array))
    for node in graph.node:
        for position, name in enumerate(node.input):
            node.input[position] = rename.get(name, name)
    return first_nodes


def _named_after_use(graph):
    """Give the exporter's numbered initialisers (`onnx::MatMul_12`) the name of the node that multiplies with them."""
    names = {}
    for node in graph.node:
        for position, name in enumerate(node.input):
            if name.startswith("onnx::MatMul"):
                node.input[position] = names.setdefault(name, node.name.strip("/").replace("/", ".") + ".weight")
    for tensor in graph.initializer:
        tensor.name = names.get(tensor.name, tensor.name)


def halve(path):
    """Rewrite the ONNX file at `path` with fp16 initialisers; raise ValueError if a weight is not an fp16 number."""
    model = onnx.load(str(path))
    graph = model.graph
    _named_after_use(graph)
    casts, transposes = [], _stored_once(graph)
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < SMALLEST:
            continue
        half = array.astype(np.float16)
        if not np.array_equal(half.astype(np.float32), array):
            raise ValueError(f"{tensor.name} was not rounded to fp16 before the export")
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, name + ".fp16"))
        casts.append(helper.make_node("Cast", [name + ".fp16"], [name], name=f"/{name}/Cast", to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + transposes + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def round_to_half(module):
    """Round every parameter of a torch module to the nearest fp16 number, kept as fp32."""
    for p in module.parameters():
        p.data = p.data.half().float()
