"""The weights and vocabularies of models as they ship, to go on from."""

import json

import onnx
import torch
from onnx import numpy_helper

from byte_bpe import ByteBPE
from wordpiece import WordPiece


def weights_of(path):
    """The state of a torch module, `{name: tensor}` in fp32, from an ONNX file that `onnx_small.make_small` wrote."""
    arrays = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in onnx.load(str(path)).graph.initializer}
    state = {}
    for stored, array in arrays.items():
        name = stored.removesuffix(".fp16").removesuffix(".int8")
        turned = name.endswith(".MatMul.weight")
        if stored.endswith(".int8"):
            array = array.float() * arrays[name + ".scale"]
        if array.is_floating_point() and not stored.endswith(".scale"):
            state[name.replace(".MatMul.weight", ".weight")] = (array.t() if turned else array).float().contiguous()
    return state


def _vocabulary(folder):
    return json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]


def word_pieces(folder):
    """The encoder of a model with WordPiece."""
    pieces = _vocabulary(folder)["vocab"]
    return WordPiece(sorted(pieces, key=pieces.get))


def byte_pairs(folder):
    """The encoder of a model with byte-level BPE."""
    return ByteBPE([tuple(pair.split(" ")) for pair in _vocabulary(folder)["merges"]])
