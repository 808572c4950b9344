"""Reads the weights that an ONNX file holds, without any package."""

import struct
from pathlib import Path


def model_folder(name):
    """The folder of a model that ships with the extension.

    Beside the programs of an opened lesson, models.txt says where the models are.
    """
    here = Path(__file__).resolve().parent
    note = here / "models.txt"
    models = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else here.parents[2] / "models"
    return models / name


class Weights:
    """The weights of a model, by name.

    The file is a message of Protocol Buffers: field 7 is the graph, field 5 of the graph a tensor with its shape (1),
    number format (2), name (8) and bytes (9). Models that ship with the extension store most weights as 16-bit floats,
    under their name and `.fp16`.
    """

    def __init__(self, path):
        with open(path, "rb") as file:
            content = file.read()
        self.path, self.tensors, self.read = path, {}, {}
        (graph,) = [value for number, value in fields(content) if number == 7]
        for number, tensor in fields(graph):
            if number != 5:
                continue
            parts = list(fields(tensor))
            one = dict(parts)
            shape = [value for number, value in parts if number == 1]
            if 9 in one:
                name = bytes(one[8]).decode().removesuffix(".fp16")
                self.tensors[name] = (shape, "e" if one[2] == 10 else "f", one[9])

    def vector(self, name):
        """The vector of that name."""
        if name not in self.tensors:
            raise KeyError(f"{self.path} has no weights {name}")
        _, kind, raw = self.tensors[name]
        if name not in self.read:
            self.read[name] = list(struct.unpack(f"<{len(raw) // struct.calcsize(kind)}{kind}", raw))
        return self.read[name]

    def matrix(self, name):
        """The matrix of that name, a list of its rows."""
        numbers = self.vector(name)
        columns = self.tensors[name][0][-1]
        return [numbers[start:start + columns] for start in range(0, len(numbers), columns)]


def fields(message):
    """The fields of a message: their numbers, with a whole number or bytes."""
    message, at = memoryview(message), 0

    def whole():
        # A whole number is stored in groups of seven bits; the eighth bit says that another group follows.
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = whole()
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            yield number, whole()
        else:
            length = whole() if kind == 2 else 8 if kind == 1 else 4
            yield number, message[at:at + length]
            at += length
