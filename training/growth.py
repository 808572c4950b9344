"""A larger model that begins as a smaller one: twice as wide, and deeper, with the same outputs.

After Chen, Goodfellow and Shlens (2016, Net2Net) and Chen et al. (2022, bert2BERT): every unit is there twice, and what reads the units
takes half from each; a layer put between begins as one that adds nothing. A twin that stayed like its own would learn the same for ever,
so that matrices begin with a difference between twins which cancels as long as the twins say the same.
"""

import torch

# A new layer goes behind each of these layers of the smaller model, the first of them first: between what finds words and what is taught.
BEHIND = (2, 1, 3, 0)
DIFFERENCE = 0.5  # standard deviation of the difference between twins, as a share of that of the matrix


def grown(state, layers, seed=1):
    """The state of a model with twice the hidden size, heads and feed-forward units, and `layers` layers; `state` is the smaller one's."""
    generator = torch.Generator().manual_seed(seed)
    wide = {name: _twice(name, tensor.float(), generator) for name, tensor in state.items()}
    places = _places(state)
    order = sorted(places)
    for behind in BEHIND[:layers - len(order)]:
        order.insert(order.index(behind) + 1, behind)
    assert len(order) == layers, f"a model of {len(places)} layers cannot grow to {layers}"
    result = {name: tensor for name, tensor in wide.items() if ".layer." not in name}
    for index, source in enumerate(order):
        new = index > 0 and order[index - 1] == source
        for rest, name in places[source].items():
            adds = new and rest.startswith(("attention.output.", "output."))
            result[f"bert.encoder.layer.{index}.{rest}"] = torch.zeros_like(wide[name]) if adds else wide[name].clone()
    return result


def _places(state):
    """`{layer: {name inside it: full name}}`."""
    found = {}
    for name in state:
        if ".layer." in name:
            index, rest = name.split(".layer.")[1].split(".", 1)
            found.setdefault(int(index), {})[rest] = name
    return found


def _twice(name, tensor, generator):
    if name == "cls.predictions.bias":
        return tensor.clone()
    if name == "cls.predictions.transform.LayerNorm.weight" or name == "cls.predictions.transform.LayerNorm.bias":
        return tensor.repeat(2) / 2  # the scores are a sum over twins
    if tensor.ndim == 1:
        return tensor.repeat(2)
    if "embeddings" in name:
        return tensor.repeat(1, 2)
    difference = torch.randn(2 * tensor.shape[0], tensor.shape[1], generator=generator) * tensor.std() * DIFFERENCE / 2
    return tensor.repeat(2, 2) / 2 + torch.cat([difference, -difference], 1)
