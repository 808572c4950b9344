"""Make an exported graph small: large fp32 initialisers become fp16 with a Cast back to fp32, or matrices int8 with a Cast and a Mul by their
scale (onnxruntime joins a DequantizeLinear with the product behind it, and rounds activations then); equal ones are stored once.

All arithmetic stays in fp32, so a model whose weights were rounded in the same way before the export computes the same numbers.
"""

import numpy as np
import onnx
import torch
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


def make_small(path, eight_bits=False):
    """Rewrite the ONNX file at `path` with fp16 initialisers, of matrices int8 where `eight_bits` says so.

    Raises ValueError if a weight was not rounded so before.
    """
    model = onnx.load(str(path))
    graph = model.graph
    _named_after_use(graph)
    first, transposes = [], _stored_once(graph)
    for tensor in list(graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < SMALLEST:
            continue
        name = tensor.name
        if eight_bits and array.ndim == 2:
            axis = 1 if name.endswith(".MatMul.weight") else 0  # of the outputs, or of the pieces
            whole, scale = _whole(array, 1 - axis)
            _check(name, whole * scale, array)
            tensor.CopyFrom(numpy_helper.from_array(whole.astype(np.int8), name + ".int8"))
            graph.initializer.append(numpy_helper.from_array(scale, name + ".scale"))
            first += [helper.make_node("Cast", [name + ".int8"], [name + ".whole"], name=f"/{name}/Cast", to=TensorProto.FLOAT),
                      helper.make_node("Mul", [name + ".whole", name + ".scale"], [name], name=f"/{name}/Mul")]
        else:
            half = array.astype(np.float16)
            _check(name, half.astype(np.float32), array)
            tensor.CopyFrom(numpy_helper.from_array(half, name + ".fp16"))
            first.append(helper.make_node("Cast", [name + ".fp16"], [name], name=f"/{name}/Cast", to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(first + transposes + nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _check(name, stored, array):
    if not np.array_equal(stored, array):
        raise ValueError(f"{name} was not rounded before the export")


def _whole(array, axis=1):
    """`(whole numbers -127 to 127, scale)` of a matrix, a scale for each of what `axis` runs through; their product is exact in fp32.

    A scale has 11 significant bits, so that nothing is rounded when it is multiplied, and so that numbers which were rounded once give the
    same scale again.
    """
    most = np.abs(array).max(axis=axis, keepdims=True)
    digits, exponent = np.frexp(np.where(most > 0, most / np.float32(127), np.float32(1)))
    scale = np.ldexp(np.ceil(digits * 2048) / 2048, exponent).astype(np.float32)
    return np.rint(array / scale), scale


def round_to_half(module):
    """Round every parameter of a torch module to the nearest fp16 number, kept as fp32."""
    for p in module.parameters():
        p.data = p.data.half().float()


def round_to_eight_bits(module):
    """Round the matrices of a torch module to eight bits, a scale for each row (each output, or each piece), all else to fp16; kept as fp32."""
    for p in module.parameters():
        if p.ndim == 2 and p.numel() >= SMALLEST:
            whole, scale = _whole(p.data.numpy())
            p.data = torch.from_numpy(whole * scale)
        else:
            p.data = p.data.half().float()
